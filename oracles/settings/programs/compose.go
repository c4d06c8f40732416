// What compose-go makes of templates and of `.env` files: a question per line of stdin, an answer per line of stdout.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/dotenv"
	"github.com/compose-spec/compose-go/template"
	"github.com/sirupsen/logrus"
)

type question struct {
	Template string            `json:"template"`
	Dotenv   string            `json:"dotenv"`
	Vars     map[string]string `json:"vars"`
}

type answer struct {
	Value *string `json:"value,omitempty"`
	Error *string `json:"error,omitempty"`
}

func main() {
	logrus.SetOutput(io.Discard)
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<24)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var q question
		if err := json.Unmarshal(input.Bytes(), &q); err != nil {
			panic(err)
		}
		lookup := func(name string) (string, bool) {
			value, ok := q.Vars[name]
			return value, ok
		}
		var a answer
		if q.Dotenv != "" {
			a = file(q.Dotenv)
		} else if value, err := substitute(q.Template, lookup); err != nil {
			message := err.Error()
			a.Error = &message
		} else {
			a.Value = &value
		}
		if err := output.Encode(a); err != nil {
			panic(err)
		}
	}
}

// DATABASE_URL of a `.env` file.
func file(text string) (a answer) {
	values, err := dotenv.Parse(strings.NewReader(text))
	if err != nil {
		message := err.Error()
		a.Error = &message
		return a
	}
	value := values["DATABASE_URL"]
	a.Value = &value
	return a
}

// compose-go panics on some texts that it has no pattern for.
func substitute(text string, lookup template.Mapping) (value string, err error) {
	defer func() {
		if recover() != nil {
			err = panicked{}
		}
	}()
	return template.Substitute(text, lookup)
}

type panicked struct{}

func (panicked) Error() string { return "a panic of compose-go" }
