using System.CommandLine;
using System.CommandLine.Invocation;

namespace Tidegate.Cli;

/// <summary>What <c>--help</c> does at any verb.</summary>
internal sealed class HelpVerbAction(HelpText help, ITerminal terminal) : SynchronousCommandLineAction
{
    /// <summary>Help is an answer even when the rest of the command line is not complete yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult;
        terminal.Out.Write(help.For(command.Command, CommandLine.NameOf(command)));
        return ExitCode.Ok;
    }
}
