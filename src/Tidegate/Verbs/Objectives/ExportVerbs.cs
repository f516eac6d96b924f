using System.CommandLine;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate export</c>: one verb per format.</summary>
internal static class ExportVerbs
{
    public static Command All => new("export", "Write the objectives in force in formats of other tools.") { new ExportOpenSloVerb(), new ExportPrometheusRulesVerb(), new ExportGrafanaVerb() };
}
