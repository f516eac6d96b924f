using Tidegate.Cli;
using Tidegate.Insight.CallLog;
using Tidegate.Verbs;

// Before everything else: it has nothing, and must have nothing, of the rest.
if (args is [CallSqlWorker.Verb]) return CallSqlWorker.Run();
using var signals = new StopSignals();
using var network = Network.Handler();
return await new CommandLine(new ProcessTerminal(), network, TimeProvider.System, VerbList.Groups).RunAsync(args, signals.Asked);
