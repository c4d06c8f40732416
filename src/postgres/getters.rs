//! The getters of the keywords that are text: paths, names and identifiers.

use crate::postgres::{Config, Keyword};
use crate::secret::SecretStr;

macro_rules! getters {
    ($($getter:ident: $keyword:ident -> $type:ty, $read:ident;)*) => {
        impl Config {
            $(
                #[doc = concat!("`", stringify!($getter), "`: see [`Keyword::", stringify!($keyword), "`].")]
                #[must_use]
                pub fn $getter(&self) -> Option<$type> {
                    self.$read(Keyword::$keyword)
                }
            )*
        }
    };
}

getters! {
    service: Service -> &str, text;
    passfile: Passfile -> &str, text;
    client_encoding: ClientEncoding -> &str, text;
    application_name: ApplicationName -> &str, text;
    fallback_application_name: FallbackApplicationName -> &str, text;
    options: Options -> SecretStr<'_>, get;
    sslcert: SslCert -> &str, text;
    sslkey: SslKey -> &str, text;
    sslpassword: SslPassword -> SecretStr<'_>, get;
    sslrootcert: SslRootCert -> &str, text;
    sslcrl: SslCrl -> &str, text;
    sslcrldir: SslCrlDir -> &str, text;
    sslkeylogfile: SslKeyLogFile -> &str, text;
    requirepeer: RequirePeer -> &str, text;
    krbsrvname: KrbSrvName -> &str, text;
    gsslib: GssLib -> &str, text;
    scram_client_key: ScramClientKey -> SecretStr<'_>, get;
    scram_server_key: ScramServerKey -> SecretStr<'_>, get;
    oauth_issuer: OauthIssuer -> &str, text;
    oauth_client_id: OauthClientId -> &str, text;
    oauth_client_secret: OauthClientSecret -> SecretStr<'_>, get;
    oauth_scope: OauthScope -> &str, text;
}
