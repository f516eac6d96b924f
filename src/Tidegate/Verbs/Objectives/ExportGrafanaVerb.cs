using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate export grafana</c>.</summary>
internal sealed class ExportGrafanaVerb : ExportVerb
{
    private readonly Option<string?> _slo = new("--slo") { Description = "Only of this SLO", HelpName = "name" };

    public ExportGrafanaVerb()
        : base("grafana", "Write a dashboard for Grafana, over /metrics and the exported rules.") => Options.Add(_slo);

    public override IReadOnlyList<string> Examples => ["export grafana > tidegate.json", "export grafana --slo checkout"];

    public override Task<int> RunAsync(VerbContext context) => WriteAsync(AdminPath.Of("config/export/grafana", ("slo", context.Get(_slo))), context);
}
