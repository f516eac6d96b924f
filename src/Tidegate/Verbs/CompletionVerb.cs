using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs;

/// <summary><c>tidegate completion</c>: scripts that ask the program itself what may follow, so that they never go stale.</summary>
internal sealed class CompletionVerb : Verb
{
    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh or fish" };

    public CompletionVerb()
        : base("completion", "Write a completion script for your shell.")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Arguments.Add(_shell);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "completion bash > ~/.local/share/bash-completion/completions/tidegate",
        "completion zsh > \"${fpath[1]}/_tidegate\"",
        "completion fish > ~/.config/fish/completions/tidegate.fish",
    ];

    public override Task<int> RunAsync(VerbContext context)
    {
        context.Terminal.Out.Write(context.Get(_shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        });
        return Task.FromResult(ExitCode.Ok);
    }

    // COMP_WORDS[0] is the command as typed: a path to the launcher works as well as a word on the PATH.
    private const string Bash = """
        _tidegate() {
          local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
          COMPREPLY=( $(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word") )
        }
        complete -o default -F _tidegate tidegate ./tidegate

        """;

    private const string Zsh = """
        #compdef tidegate
        _tidegate() {
          local -a answers
          answers=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -- "${answers[@]}"
        }
        compdef _tidegate tidegate

        """;

    private const string Fish = """
        complete -f -c tidegate -a '(tidegate "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'

        """;
}
