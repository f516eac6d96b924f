using Tidegate.Cli;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Verbs;

/// <summary><c>tidegate schema</c>: works offline.</summary>
internal sealed class SchemaVerb : Verb
{
    public SchemaVerb()
        : base("schema", "Write the JSON Schema of configuration files, for editors and checks.")
    {
    }

    public override IReadOnlyList<string> Examples => ["schema > tidegate.schema.json"];

    public override Task<int> RunAsync(VerbContext context)
    {
        context.Terminal.Out.Write(DocumentSchema.Published);
        return Task.FromResult(ExitCode.Ok);
    }
}
