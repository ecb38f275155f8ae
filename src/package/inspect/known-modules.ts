/**
 * Modules that many apps import and whose distribution is called otherwise, each with the distributions that bring it: only for cures,
 * which name the first (names and modules as the distributions' own pages on PyPI give them).
 */
const known: Readonly<Record<string, readonly string[]>> = {
  attr: ['attrs'], bs4: ['beautifulsoup4'], Crypto: ['pycryptodome'], Cryptodome: ['pycryptodomex'],
  cv2: ['opencv-python-headless', 'opencv-python'], dateutil: ['python-dateutil'], decouple: ['python-decouple'], docx: ['python-docx'],
  dotenv: ['python-dotenv'], fitz: ['PyMuPDF'], flask_sqlalchemy: ['Flask-SQLAlchemy'], git: ['GitPython'], grpc: ['grpcio'],
  jose: ['python-jose'], jwt: ['PyJWT'], magic: ['python-magic'], multipart: ['python-multipart'], MySQLdb: ['mysqlclient'],
  OpenSSL: ['pyOpenSSL'], PIL: ['pillow'], pkg_resources: ['setuptools'], pptx: ['python-pptx'],
  psycopg2: ['psycopg2-binary', 'psycopg2'], pythonjsonlogger: ['python-json-logger'], rest_framework: ['djangorestframework'],
  sklearn: ['scikit-learn'], skimage: ['scikit-image'], slugify: ['python-slugify'], socks: ['PySocks'], sentry_sdk: ['sentry-sdk'],
  telegram: ['python-telegram-bot'], yaml: ['PyYAML'], zmq: ['pyzmq'],
}

/** The distributions that a top-level module is known to come from, where they are not called like it. */
export function distributionsOf(module: string): readonly string[] {
  return Object.hasOwn(known, module) ? known[module] ?? [] : []
}
