/** What a secret looks like whose issuer gives all of them one form, and what it is. Sources: the issuers' pages on secret scanning. */
const forms: readonly { readonly form: RegExp; readonly is: string }[] = [
  { form: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/, is: 'a private key' },
  { form: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/, is: 'an access key of AWS' },
  { form: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{22,})/, is: 'a token of GitHub' },
  { form: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt)-[\w-]{20,}/, is: 'a token of GitLab' },
  { form: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/, is: 'a token of Slack' },
  { form: /(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{16,}/, is: 'a key of Stripe' },
  { form: /(?<![A-Za-z0-9])AIza[\w-]{35}|(?<![A-Za-z0-9])GOCSPX-[\w-]{20,}/, is: 'a key of Google' },
  { form: /(?<![A-Za-z0-9])sk-(?:ant-|proj-|svcacct-)?[\w-]{20,}/, is: 'a key of OpenAI or Anthropic' },
  { form: /(?<![A-Za-z0-9])SG\.[\w-]{16,}\.[\w-]{16,}/, is: 'a key of SendGrid' },
  { form: /(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{36}|pypi-[\w-]{16,})/, is: 'a token of a package registry' },
  { form: /(?<![A-Za-z0-9])(?:dop_v1_|hf_|shpat_|shpss_|dckr_pat_|hvs\.|lin_api_|ntn_|atlasv1\.)[\w-]{16,}/, is: 'a token' },
  { form: /(?<![A-Za-z0-9])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/, is: 'a signed token (JWT)' },
  { form: /AccountKey=[A-Za-z0-9+/]{40,}={0,2}/, is: 'a key of Azure' },
  { form: /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:(?!\*+@|x+@|<|\$|password@|changeme@)[^/\s@]{3,}@/i, is: 'an address with a password' },
]

/** AWS's secret keys: 40 characters of Base64, of which nothing else is so long and so mixed. */
const awsSecretKey = /^[A-Za-z0-9/+]{40}$/

/** A variable of such a name holds a secret more likely than not; one that only says where the secret lies does not end so. */
const secretName = /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|(?:SECRET|API|PRIVATE|ACCESS|ENCRYPTION)_?KEY)$/i
const shortestSecret = 8
/** ARNs, addresses, paths of parameters, and what stands for a value. */
const reference = /^(?:arn:|[a-z][a-z0-9+.-]*:\/\/|\/|\{\{|\$|<|(?:change-?me|placeholder|dummy|secret|password|disabled)\b)/i

/**
 * What a value that stands in a file of the repository seems to be, where it seems to be a secret; undefined otherwise. AWS's own examples
 * say EXAMPLE.
 */
export function secretIn(name: string, value: string): string | undefined {
  if (/EXAMPLE/.test(value)) return undefined
  const form = forms.find((each) => each.form.test(value))
  if (form !== undefined) return form.is
  if (awsSecretKey.test(value) && [/[a-z]/, /[A-Z]/, /\d/].every((letters) => letters.test(value))) return 'a secret access key of AWS'
  const isNamed = secretName.test(name) && value.length >= shortestSecret && !reference.test(value) && !/\s/.test(value)
  return isNamed ? 'a secret, by the name of its variable' : undefined
}
