// What go-sql-driver makes of the DSNs on standard input, separated by NUL: a JSON object per line, in order.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/go-sql-driver/mysql"
)

type answer struct {
	Error string `json:"error,omitempty"`
	// All that the driver has, with its defaults, field by field.
	User             string            `json:"user"`
	Password         string            `json:"password"`
	Net              string            `json:"net"`
	Address          string            `json:"address"`
	Database         string            `json:"database"`
	TLS              string            `json:"tls"`
	Charset          string            `json:"charset"`
	Collation        string            `json:"collation"`
	Compress         bool              `json:"compress"`
	Location         string            `json:"location"`
	Timeout          int64             `json:"timeout"`
	ReadTimeout      int64             `json:"read_timeout"`
	WriteTimeout     int64             `json:"write_timeout"`
	MaxAllowedPacket int               `json:"max_allowed_packet"`
	AllowAllFiles    bool              `json:"allow_all_files"`
	Cleartext        bool              `json:"cleartext"`
	FoundRows        bool              `json:"found_rows"`
	Fallback         bool              `json:"fallback"`
	Params           map[string]string `json:"params"`
}

func read(dsn string) (a answer) {
	defer func() {
		if panic := recover(); panic != nil {
			a = answer{Error: fmt.Sprint("panics: ", panic)}
		}
	}()
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return answer{Error: err.Error()}
	}
	a = answer{
		User:             config.User,
		Password:         config.Passwd,
		Net:              config.Net,
		Address:          config.Addr,
		Database:         config.DBName,
		TLS:              config.TLSConfig,
		Collation:        config.Collation,
		Location:         config.Loc.String(),
		Timeout:          config.Timeout.Nanoseconds(),
		ReadTimeout:      config.ReadTimeout.Nanoseconds(),
		WriteTimeout:     config.WriteTimeout.Nanoseconds(),
		MaxAllowedPacket: config.MaxAllowedPacket,
		AllowAllFiles:    config.AllowAllFiles,
		Cleartext:        config.AllowCleartextPasswords,
		FoundRows:        config.ClientFoundRows,
		Fallback:         config.AllowFallbackToPlaintext,
		Params:           config.Params,
	}
	// There is no getter for these two; the DSN that the driver writes has them.
	a.Charset, a.Compress = written(config)
	return a
}

// The charset list and the compression as the driver writes them: the values are not escaped there, and cannot hold a `&`.
func written(config *mysql.Config) (charset string, compress bool) {
	copy := config.Clone()
	copy.User, copy.Passwd, copy.Net, copy.Addr, copy.DBName, copy.Params = "", "", "", "", "", nil
	copy.Collation, copy.ServerPubKey, copy.TLSConfig = "", "", ""
	for _, pair := range bytes.Split([]byte(copy.FormatDSN()), []byte{'&'}) {
		if at := bytes.Index(pair, []byte("charset=")); at >= 0 {
			charset = string(pair[at+len("charset="):])
		}
		compress = compress || bytes.HasSuffix(pair, []byte("compress=true"))
	}
	return charset, compress
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	output := json.NewEncoder(os.Stdout)
	for _, dsn := range bytes.Split(input, []byte{0}) {
		if err := output.Encode(read(string(dsn))); err != nil {
			panic(err)
		}
	}
}
