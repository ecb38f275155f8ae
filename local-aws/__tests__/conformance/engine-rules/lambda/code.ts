import { answering, createFunction, invalidValue, onF, wait, withFunction } from '../lambda-steps.ts'
import { agrees, differs, refused, step, taken } from '../rule.ts'

const inS3 = { S3Bucket: 'code-{{account}}', S3Key: 'k' }
const put = step('s3 PutObject', { Bucket: 'code-{{account}}', Key: 'k', Body: answering('two') })

/** Where the code of a function comes from. */
export const code = [
  differs({
    fact: 'a zip of more than 50 MB',
    source: 'LocalStack, test_oversized_zipped_create_lambda',
    when: createFunction({ Code: { ZipFile: { $zip: 1, $size: 52_500_000 } } }),
    answer: refused(413, 'RequestEntityTooLargeException', 'Zipped size must be smaller than 52428800 bytes'),
  }),
  agrees({
    fact: 'a zip that unpacks to more than 250 MB',
    source: 'LocalStack, test_oversized_unzipped_lambda',
    when: createFunction({ Code: { ZipFile: { $zip: 1, $unzipped: 262_144_001 } } }),
    answer: invalidValue('Unzipped size must be smaller than 262144000 bytes'),
  }),
  agrees({
    fact: 'bytes that are no zip',
    source: 'LocalStack, test_create_lambda_exceptions invalid_zip_exc',
    when: createFunction({ Code: { ZipFile: { $text: 'no zip' } } }),
    answer: invalidValue('Could not unzip uploaded file. Please check your file, then try to upload again.'),
  }),
  differs({
    fact: 'a zip without files',
    source: 'unverified text: as commonly reported for CreateFunction',
    when: createFunction({ Code: { ZipFile: { $files: {} } } }),
    answer: invalidValue(),
  }),
  differs({
    fact: 'CreateFunction without code',
    source: 'unverified text: as commonly reported for CreateFunction',
    when: createFunction({ Code: {} }),
    answer: invalidValue(),
  }),
  differs({
    fact: 'CreateFunction with an object that is not there',
    source: 'LocalStack, test_lambda_code_location_s3_errors',
    when: createFunction({ Code: { S3Bucket: 'none-{{account}}', S3Key: 'k' } }),
    answer: invalidValue('Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist'),
  }),
  differs({
    fact: 'UpdateFunctionCode with an object that is not there, in the words of S3',
    source: 'LocalStack, test_lambda_code_location_s3_errors',
    given: withFunction(),
    when: onF('UpdateFunctionCode', { S3Bucket: 'none-{{account}}', S3Key: 'k' }),
    answer: invalidValue('Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist'),
  }),
  agrees({
    fact: 'UpdateFunctionCode takes the code from S3',
    source: 'LocalStack, test_lambda_code_location_s3',
    given: [...withFunction(), put, onF('UpdateFunctionCode', inS3), wait],
    when: onF('Invoke'),
    answer: taken(200, { statusCode: 200, body: 'two' }, 'Payload'),
  }),
  differs({
    fact: 'an image for a function of zip packages',
    source: 'LocalStack, test_lambda_zip_file_to_image',
    given: withFunction(),
    when: onF('UpdateFunctionCode', { ImageUri: 'x' }),
    answer: invalidValue("Please don't provide ImageUri when updating a function with packageType Zip."),
  }),
  differs({
    fact: 'a key that is not in the bucket, in the words of S3',
    source: 'LocalStack, test_lambda_code_location_s3_errors',
    given: [put],
    when: createFunction({ Code: { ...inS3, S3Key: 'none' } }),
    answer: invalidValue('Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.'),
  }),
  agrees({
    fact: 'a bucket of another Region',
    source: 'LocalStack, test_lambda_code_location_s3_errors',
    given: [{ ...put, in: 'us-west-2' }],
    when: createFunction({ Code: inS3 }),
    answer: invalidValue(),
  }),
]
