using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Schema;

/// <summary>The JSON Schema (draft 2020-12) of configuration documents, generated from the types the reader binds.</summary>
public static class DocumentSchema
{
    private const string ResourceName = "tidegate-v1.schema.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The published schema. A test keeps it the same as what <see cref="Generate"/> gives.</summary>
    public static string Published { get; } = Load();

    /// <summary>All legal key paths with their default, one per line, for the golden list: <c>Route spec.match.path = "/{**path}"</c>.</summary>
    internal static IEnumerable<string> Keys() =>
        ResourceKinds.All.SelectMany(kind => Keys(kind.Shape, $"{kind.Word} spec"))
            .Concat(MetricSourceTypes.All.SelectMany(type => Keys(type.Spec, $"metricSource ({type.Word}).spec")))
            .Concat(MetricSourceTypes.All.Where(type => type.Connection is not null).SelectMany(type => Keys(type.Connection!, $"DataSource ({type.Word}).connectionDetails")));

    /// <summary>The schema from the types and the compiler's documentation file, which is not there at run time.</summary>
    internal static string Generate(XmlDescriptions descriptions)
    {
        var scope = new SchemaScope(descriptions);
        foreach (var kind in ResourceKinds.All) scope.Define(kind.Word, Object(kind, scope));
        var objects = new JsonArray([.. ResourceKinds.All.Select(k => new JsonObject { ["$ref"] = $"#/$defs/{k.Word}" })]);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:tidegate:v1",
            ["title"] = "Tidegate configuration",
            ["description"] = "One object of a Tidegate configuration document, or a list of them.",
            ["anyOf"] = new JsonArray(
                new JsonObject { ["$ref"] = "#/$defs/Object" },
                new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#/$defs/Object" } }),
        };
        scope.Define("Object", new JsonObject { ["oneOf"] = objects });
        schema["$defs"] = scope.Definitions;
        return schema.ToJsonString(Readable) + "\n";
    }

    private static JsonObject Object(ResourceKind kind, SchemaScope scope) => scope.Described(
        new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. Required(kind).Select(k => JsonValue.Create(k))]),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = new JsonObject { ["const"] = kind.ApiVersion },
                ["kind"] = new JsonObject { ["const"] = kind.Name },
                ["metadata"] = scope.Reference(ShapeCatalogue.OfRecord(typeof(ResourceMetadata))),
                ["spec"] = scope.Reference(kind.Shape),
            },
        },
        kind.SpecType);

    private static IEnumerable<string> Keys(RecordShape shape, string under) =>
        shape.Keys().Select(k => $"{under}.{k.Path}{(k.Property.Required ? " (required)" : k.Property.Nullable && k.Property.Default is null ? "" : Default(k.Property))}");

    // A kind whose keys all have defaults needs no spec.
    private static IEnumerable<string> Required(ResourceKind kind) =>
        kind.Shape.Properties.Any(p => p.Required) ? ["apiVersion", "kind", "metadata", "spec"] : ["apiVersion", "kind", "metadata"];

    private static string Default(PropertyShape property)
    {
        if (property.Default is null) return " = null";
        if (property.Value is RecordShape) return property.Nullable ? " = {}" : "";
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) property.Value.Write(writer, property.Default, WriteStyle.Canonical);
        return $" = {System.Text.Encoding.UTF8.GetString(buffer.ToArray())}";
    }

    private static string Load()
    {
        using var stream = typeof(DocumentSchema).Assembly.GetManifestResourceStream(ResourceName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
