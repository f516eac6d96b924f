using Tidegate.Cli;
using Tidegate.Verbs;

using var signals = new StopSignals();
using var network = Network.Handler();
return await new CommandLine(new ProcessTerminal(), network, TimeProvider.System, VerbList.Groups).RunAsync(args, signals.Asked);
