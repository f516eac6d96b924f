using System.Text.Json.Nodes;
using System.Xml.Linq;
using Tidegate.Core.Resources.Schema;
using Tidegate.Tests.Golden;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Schema;

public sealed class DocumentSchemaTests
{
    [Fact]
    public void Published_IsWhatTheTypesGive()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(DocumentSchema).Assembly.Location, ".xml"));

        GoldenFile.Check("../../../src/Tidegate.Core/Resources/Schema/tidegate-v1.schema.json", DocumentSchema.Generate(new XmlDescriptions(documentation)));
    }

    [Fact]
    public void Published_EveryPropertyIsDescribed()
    {
        var definitions = JsonNode.Parse(DocumentSchema.Published)!["$defs"]!.AsObject();
        var properties = definitions.Where(d => d.Key.EndsWith("Config", StringComparison.Ordinal)).SelectMany(d => (d.Value!["properties"] ?? d.Value["anyOf"]![1]!["properties"])!.AsObject(), (d, p) => (d.Key, Name: p.Key, p.Value)).ToList();

        Assert.True(properties.Count > 100);
        Assert.All(properties, p => Assert.True(p.Value!["description"] is not null, $"{p.Key}.{p.Name} has no summary"));
    }

    [Fact]
    public void Keys_AreTheGoldenList() => GoldenFile.Check("config-keys.txt", string.Join('\n', DocumentSchema.Keys()) + "\n");
}
