// What compose-go gives the services of a project: a question per line of stdin, an answer per line of stdout.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"

	"github.com/compose-spec/compose-go/cli"
	"github.com/sirupsen/logrus"
)

type question struct {
	Folder string            `json:"folder"`
	Vars   map[string]string `json:"vars"`
}

type answer struct {
	Services map[string]map[string]*string `json:"services,omitempty"`
	Error    *string                       `json:"error,omitempty"`
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
		if services, err := environments(q); err != nil {
			message := err.Error()
			a.Error = &message
		} else {
			a.Services = services
		}
		if err := output.Encode(a); err != nil {
			panic(err)
		}
	}
}

// The environment of each service of a folder, as `docker compose` without `--file` reads it there.
func environments(q question) (map[string]map[string]*string, error) {
	if err := os.Chdir(q.Folder); err != nil {
		return nil, err
	}
	var vars []string
	for name, value := range q.Vars {
		vars = append(vars, name+"="+value)
	}
	options, err := cli.NewProjectOptions(
		nil,
		cli.WithWorkingDirectory(q.Folder),
		cli.WithName("oracle"),
		cli.WithEnv(vars),
		cli.WithEnvFiles(),
		cli.WithDotEnv,
		cli.WithConfigFileEnv,
		cli.WithDefaultConfigPath,
		cli.WithProfiles([]string{"*"}),
	)
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	services := map[string]map[string]*string{}
	for name, service := range project.Services {
		services[name] = service.Environment
		if service.Environment == nil {
			services[name] = map[string]*string{}
		}
	}
	return services, nil
}
