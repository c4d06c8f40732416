// What compose-go gives a service as DATABASE_URL: a question per line of stdin, an answer per line of stdout.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/cli"
	"github.com/sirupsen/logrus"
)

type question struct {
	Folder  string            `json:"folder"`
	Service string            `json:"service"`
	Vars    map[string]string `json:"vars"`
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
		var a answer
		if value, err := variable(q); err != nil {
			message := err.Error()
			a.Error = &message
		} else {
			a.Value = value
		}
		if err := output.Encode(a); err != nil {
			panic(err)
		}
	}
}

// The files of a folder as `docker compose run SERVICE` reads them.
func variable(q question) (*string, error) {
	var vars []string
	for name, value := range q.Vars {
		vars = append(vars, name+"="+value)
	}
	options, err := cli.NewProjectOptions(
		[]string{filepath.Join(q.Folder, "compose.yaml")},
		cli.WithWorkingDirectory(q.Folder),
		cli.WithName("oracle"),
		cli.WithEnv(vars),
		cli.WithEnvFiles(),
		cli.WithDotEnv,
		cli.WithProfiles([]string{"*"}),
	)
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	service, err := project.GetService(q.Service)
	if err != nil {
		return nil, err
	}
	return service.Environment["DATABASE_URL"], nil
}
