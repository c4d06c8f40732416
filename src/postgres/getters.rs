//! The getters of the keywords that are text: paths, names and identifiers.

use crate::config::getters;
use crate::postgres::{Config, Keyword};
use crate::secret::SecretStr;

getters! {
    service: Service -> &str, text, "the section of the service file that sets what is not set here";
    passfile: Passfile -> &str, text, "the path of the password file; libpq takes `~/.pgpass` if it is unset";
    client_encoding: ClientEncoding -> &str, text, "an encoding of the server, such as `UTF8`, or `auto` for the locale's";
    application_name: ApplicationName -> &str, text, "the name in the server's statistics and logs";
    fallback_application_name: FallbackApplicationName -> &str, text, "the name where `application_name` is unset";
    options: Options -> SecretStr<'_>, get, "command-line options for the server, such as `-c search_path=app`, which may hold anything";
    sslcert: SslCert -> &str, text, "the path of the client's certificate; libpq takes `~/.postgresql/postgresql.crt` if it is unset";
    sslkey: SslKey -> &str, text, "the path of the client's key, or `engine:key`; libpq takes `~/.postgresql/postgresql.key` if it is unset";
    sslpassword: SslPassword -> SecretStr<'_>, get, "the password of the client's key";
    sslrootcert: SslRootCert -> &str, text, "the path of the trusted certificates, or `system`; libpq takes `~/.postgresql/root.crt` if it is unset";
    sslcrl: SslCrl -> &str, text, "the path of the revoked certificates";
    sslcrldir: SslCrlDir -> &str, text, "the directory of the revoked certificates";
    sslkeylogfile: SslKeyLogFile -> &str, text, "the path of a file that the keys of TLS are written to, for debugging";
    requirepeer: RequirePeer -> &str, text, "the system user that must own the server, over a Unix socket";
    krbsrvname: KrbSrvName -> &str, text, "the Kerberos service; libpq takes `postgres` if it is unset";
    gsslib: GssLib -> &str, text, "the library for GSSAPI: `gssapi`, on Windows only";
    scram_client_key: ScramClientKey -> SecretStr<'_>, get, "the SCRAM client key, 32 bytes in base64, in place of a password";
    scram_server_key: ScramServerKey -> SecretStr<'_>, get, "the SCRAM server key, 32 bytes in base64";
    oauth_issuer: OauthIssuer -> &str, text, "the URL of the issuer that is trusted";
    oauth_client_id: OauthClientId -> &str, text, "the client's identifier at the issuer";
    oauth_client_secret: OauthClientSecret -> SecretStr<'_>, get, "the client's secret at the issuer";
    oauth_scope: OauthScope -> &str, text, "the requested scopes, separated by spaces";
}
