//! The getters of the settings that are text, or `true` or `false`.

use crate::config::getters;
use crate::mysql::{Config, Keyword};

getters! {
    ssl_capath: SslCapath -> &str, text, "the directory of the trusted certificates";
    ssl_cipher: SslCipher -> &str, text, "a list of ciphers, as the TLS library of the client spells them";
    ssl_crl: SslCrl -> &str, text, "the path of the revoked certificates";
    ssl_crlpath: SslCrlpath -> &str, text, "the directory of the revoked certificates";
    tls_version: TlsVersion -> &str, text, "a list of versions, such as `TLSv1.2,TLSv1.3`";
    server_public_key: ServerPublicKey -> &str, text, "the server's RSA key by path or name, for passwords without TLS";
    prefer_socket: PreferSocket -> bool, flag, "whether a connection to this machine moves over to the server's socket";
    cleartext: Cleartext -> bool, flag, "whether the password may be sent in clear text";
    allow_public_key_retrieval: AllowPublicKeyRetrieval -> bool, flag, "whether the RSA key is requested from the server, which anyone in between could replace";
    local_infile: LocalInfile -> bool, flag, "whether the server may request files of this machine";
    found_rows: FoundRows -> bool, flag, "whether an update counts the rows found instead of those changed";
    reconnect: Reconnect -> bool, flag, "whether a lost connection is made again";
}
