using Tidegate.Cli;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate export openslo</c>.</summary>
internal sealed class ExportOpenSloVerb() : ExportVerb("openslo", "Write the objectives in force as plain OpenSLO v1.")
{
    public override IReadOnlyList<string> Examples => ["export openslo > slos.yaml"];

    public override Task<int> RunAsync(VerbContext context) => WriteAsync("config/export/openslo", context);
}
