using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Hosting;
using Tidegate.Hosting.Settings;

namespace Tidegate.Verbs;

/// <summary><c>tidegate serve</c>.</summary>
internal sealed class ServeVerb : Verb
{
    private readonly ProcessOptionsReader _options;
    private readonly Option<string?> _upstream = new("--upstream")
    {
        Description = "Stand in front of this service with no configuration at all: every call is passed on, anonymous callers too",
        HelpName = "url",
    };

    public ServeVerb()
        : base("serve", "Run the gateway and its admin API until Ctrl-C.")
    {
        Options.Add(_upstream);
        _options = new ProcessOptionsReader(this, ProcessSettings.For(new()), new());
    }

    public override IReadOnlyList<string> Examples => ["serve --upstream http://127.0.0.1:3000", "serve --config ./config --watch"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        OwnerOnly.FromNowOn();
        var upstream = context.Get(_upstream);
        var options = _options.Read(context, UpstreamDocument.Mistakes(upstream));
        if (upstream is not null) options = UpstreamDocument.Use(options, upstream);
        await using var node = Node.Build(options, Modules.All, context.Time);
        await node.StartAsync(context.Cancel);
        Announcement.Ready(context.Terminal.Out, node);
        await Stopping.UntilAsked(context.Cancel);
        var delay = options.DrainDelay > TimeSpan.Zero ? $"no new ones in {options.DrainDelay.TotalSeconds:0.#} s; then " : "";
        context.Say($"Stopping: {delay}calls in flight have {options.Drain.TotalSeconds:0} s to finish; Ctrl-C again to stop at once.");
        await node.StopAsync();
        return ExitCode.Ok;
    }
}
