using System.CommandLine;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate import</c>: one verb per format.</summary>
internal static class ImportVerbs
{
    public static Command All => new("import", "Convert objectives of other tools to OpenSLO v1 documents.")
    {
        new ImportVerb("openslo", "Convert documents of OpenSLO v1alpha; those of v1 are read leniently.", "import openslo slo.yaml > slo-v1.yaml"),
        new ImportVerb("sloth", "Convert specs of Sloth: prometheus/v1 files and Kubernetes objects.", "import sloth slos/*.yaml --data-source main --apply"),
    };
}
