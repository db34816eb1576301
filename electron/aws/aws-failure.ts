import { AppError, type ErrorCode } from '../../shared/contract/errors.ts';

/** A call to AWS that failed: what was tried, with what, and on what. */
export interface AwsCall {
  /** The permission it needs, such as `s3:GetObject`. */
  readonly action: string;
  /** `s3://bucket/key`. */
  readonly target: string;
  readonly bucket: string;
  readonly profile: string;
  readonly now: number;
}

interface AwsError {
  readonly name?: string;
  readonly message?: string;
  readonly Code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

const SIGN_IN = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'];
const WRONG_KEY = ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidClientTokenId', 'InvalidToken'];
const WRONG_REGION = [
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
];
const TOO_FAST = [
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
];

/**
 * What AWS or its client said, as an AppError that names the profile, the permission or the bucket; null when it was the
 * connection that failed. Nothing of the error itself is kept: it may hold signed headers.
 */
export function awsFailure(thrown: unknown, call: AwsCall): AppError | null {
  const error = thrown as AwsError;
  const name = error.name ?? '';
  const message = error.message ?? '';
  const status = error.$metadata?.httpStatusCode ?? 0;
  const { action, target, bucket, profile, now } = call;
  const fail = (code: ErrorCode, text: string, hint: string) => new AppError(code, text, { hint });
  const is = (names: readonly string[]) => names.includes(name) || names.includes(error.Code ?? '');
  if (/CredentialsProviderError|TokenProviderError/.test(name)) return noCredentials(message, profile);
  if (message === 'Region is missing') {
    return fail('source-off', 'No region is set for S3', 'Set the region of the bucket, such as eu-west-1.');
  }
  if (is(SIGN_IN)) return signIn(profile);
  if (is(WRONG_KEY)) {
    return fail(
      'source-denied',
      `AWS does not accept the key of the profile ${profile} (${name})`,
      'Correct it in your AWS files, with aws configure, or sign in again.',
    );
  }
  if (is(['RequestTimeTooSkewed', 'RequestInTheFuture'])) return wrongClock(error, now);
  if (is(['NoSuchBucket']))
    return fail('not-found', `There is no bucket ${bucket}`, 'Check its name, and the endpoint.');
  if (is(['NoSuchKey', 'NotFound']) || status === 404)
    return fail('not-found', `There is no ${target}`, 'Check the key; upper and lower case differ.');
  if (is(WRONG_REGION) || status === 301) {
    return fail(
      'source-failed',
      `The bucket ${bucket} lies in another region`,
      'Set the region of the bucket in the settings of the source.',
    );
  }
  if (is(['InvalidObjectState'])) {
    return fail(
      'source-failed',
      `${target} lies in an archive`,
      'Restore it in S3 first, or move it to another storage class.',
    );
  }
  if (is(['PreconditionFailed']) || status === 412) {
    return fail('source-failed', `${target} changed while it was being fetched`, 'Fetch it again.');
  }
  if (is(TOO_FAST) || status === 429) {
    return fail(
      'source-limit',
      `S3 wants to be asked less often (${name})`,
      'Fetch again in a few minutes: it goes on where it stopped.',
    );
  }
  if (status === 401 || status === 403) {
    return fail(
      'source-denied',
      `The profile ${profile} may not do ${action} on ${target} (${name || status})`,
      `Ask for the permission ${action}, or choose another profile.`,
    );
  }
  if (status >= 500) {
    return fail('source-failed', `S3 is in trouble (${name || status})`, 'Try again in a few minutes.');
  }
  if (status >= 400) {
    return fail(
      'source-failed',
      `S3 refused ${action} on ${target}: ${name} ${message}`.trim(),
      'Check bucket, prefix and region in the settings of the source.',
    );
  }
  return null;
}

function noCredentials(message: string, profile: string): AppError {
  if (/multi-factor|mfa/i.test(message)) {
    return new AppError('source-denied', `The profile ${profile} asks for a code (MFA)`, {
      hint: 'Make a profile with a session in the terminal (aws sso login, or aws sts get-session-token) and choose that one.',
    });
  }
  if (/sso|expired|token|login/i.test(message)) return signIn(profile);
  return new AppError('source-denied', `There are no usable credentials in the profile ${profile}`, {
    hint: `Run aws configure --profile ${profile}, or choose another profile.`,
  });
}

function signIn(profile: string): AppError {
  return new AppError('source-denied', `The session of the profile ${profile} is over`, {
    hint: `Run aws sso login --profile ${profile} and fetch again: it goes on where it stopped.`,
  });
}

function wrongClock({ $response }: AwsError, now: number): AppError {
  const theirs = Date.parse($response?.headers?.date ?? '');
  const minutes = Math.round(Math.abs(now - theirs) / 60_000);
  const by = Number.isNaN(minutes) ? '' : ` by ${minutes} minutes`;
  return new AppError('source-denied', `The clock of this computer is wrong${by}: AWS refuses its requests`, {
    hint: 'Set the clock, or let the system set it from the network.',
  });
}
