using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate export prometheus-rules</c>.</summary>
internal sealed class ExportPrometheusRulesVerb : ExportVerb
{
    private readonly Option<string?> _slo = new("--slo") { Description = "Only of this SLO", HelpName = "name" };

    public ExportPrometheusRulesVerb()
        : base("prometheus-rules", "Write recording rules and burn-rate alerts for Prometheus.") => Options.Add(_slo);

    public override IReadOnlyList<string> Examples => ["export prometheus-rules > slo-rules.yaml", "export prometheus-rules --slo checkout | promtool check rules"];

    public override Task<int> RunAsync(VerbContext context) => WriteAsync(AdminPath.Of("config/export/prometheus-rules", ("slo", context.Get(_slo))), context);
}
