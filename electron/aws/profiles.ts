/** What a profile of the user's AWS files says that is no secret. */
export interface AwsProfile {
  readonly name: string;
  readonly region: string | null;
  /** An endpoint other than Amazon's own, for S3. */
  readonly s3Endpoint: string | null;
}

/**
 * The profiles in the user's AWS files (`~/.aws/config` and `credentials`, or where `AWS_CONFIG_FILE` and
 * `AWS_SHARED_CREDENTIALS_FILE` say), by name. Read anew each time; nothing is asked on the network. No files: none.
 */
export async function awsProfiles(): Promise<readonly AwsProfile[]> {
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const isProfile = (section: string) => !/^(sso-session|services)\./.test(section);
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])];
  return names
    .filter(isProfile)
    .sort()
    .map((name) => {
      const profile = configFile[name] ?? {};
      const services =
        profile.services === undefined ? undefined : configFile[`services.${profile.services}`];
      return {
        name,
        region: profile.region ?? credentialsFile[name]?.region ?? null,
        s3Endpoint: services?.['s3.endpoint_url'] ?? profile.endpoint_url ?? null,
      };
    });
}

/** The profile that holds where none is named. */
export const usualProfile = (env: NodeJS.ProcessEnv = process.env): string => env.AWS_PROFILE || 'default';
