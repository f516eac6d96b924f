using Tidegate.Cli;
using Tidegate.Core.Ports;
using Tidegate.Demo;
using Tidegate.Hosting;
using Tidegate.Hosting.Settings;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs;

/// <summary><c>tidegate demo</c>: the whole product on a laptop, with something to look at.</summary>
internal sealed class DemoVerb : Verb
{
    private static readonly string[] Flags = ["--listen", "--admin", "--data", "--log-json"];

    // Its keys are public, so it must not be reachable from other machines unless somebody insists.
    private static readonly ProcessOptions Defaults = new() { Listen = [new("http://127.0.0.1:8080")] };

    private readonly ProcessOptionsReader _options;

    public DemoVerb()
        : base("demo", "Run the gateway with a sample service and traffic, to look around.") => _options = new ProcessOptionsReader(this, ProcessSettings.For(Defaults).Where(setting => Flags.Contains(setting.Flag)), Defaults);

    public override IReadOnlyList<string> Examples => ["demo", "demo --listen http://127.0.0.1:9080 --admin http://127.0.0.1:9081 --data /tmp/tidegate-demo"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        OwnerOnly.FromNowOn();
        var options = InWritablePlace(_options.Read(context), context);
        options = options with { ConfigDirectory = DemoDocuments.Directory(Path.GetFullPath(options.DataDirectory)) };
        await using var node = Node.Build(options, Modules.All, context.Time);
        var random = node.Services.GetRequiredService<IRandomSource>();
        await using var shop = await DemoShop.StartAsync(random, context.Time, context.Cancel);
        // Now that the data directory is ours and the ports are known.
        DemoDocuments.Write(node.DataPath, shop.Addresses, context.Terminal.Variable);
        await node.StartAsync(context.Cancel);
        await using var traffic = new DemoTraffic(node.Traffic[0], random, context.Time);
        traffic.Start(DemoCaller.All);
        var seen = !await node.Services.GetRequiredService<FirstLogin>().Created.WaitAsync(context.Cancel);
        Announcement.Ready(context.Terminal.Out, node);
        DemoTour.Write(context.Terminal.Out, node, seen);
        await Stopping.UntilAsked(context.Cancel);
        context.Say("Stopping.");
        await traffic.StopAsync();
        await node.StopAsync();
        return ExitCode.Ok;
    }

    // Whoever looks around in a checkout he cannot write has named no other place, and need not.
    private static ProcessOptions InWritablePlace(ProcessOptions options, VerbContext context)
    {
        if (options.DataDirectory != Defaults.DataDirectory || DataDirectory.CanBeWritten(options.DataDirectory)) return options;
        var state = context.Terminal.Variable("XDG_STATE_HOME") ?? Path.Combine(context.Terminal.Variable("HOME") ?? Path.GetTempPath(), ".local", "state");
        return options with { DataDirectory = Path.Combine(state, "tidegate", "demo") };
    }
}
