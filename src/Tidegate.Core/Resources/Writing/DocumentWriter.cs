using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Writing;

/// <summary>
/// Documents to JSON. The canonical form is what revisions, hashes and the last good document hold: objects by kind and name, keys sorted,
/// defaults left out, so that equal documents are equal texts, whatever files they came from. Reading it back gives the same document.
/// </summary>
public static class DocumentWriter
{
    private static readonly RecordShape Metadata = ShapeCatalogue.OfRecord(typeof(ResourceMetadata));

    // Bytes of a usual object: the buffer of a large document grows once at most.
    private const int Usual = 400;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    /// <summary>The canonical form: a JSON array of objects, UTF-8.</summary>
    public static byte[] Canonical(ConfigDocument document) => Write(document.Resources, WriteStyle.Canonical, Compact);

    /// <summary>The canonical form of one object.</summary>
    public static string Canonical(Resource resource)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) Write(writer, resource, WriteStyle.Canonical);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>SHA-256 of the canonical form, lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> canonical) => Convert.ToHexStringLower(SHA256.HashData(canonical));

    /// <summary>Objects for people: a JSON array, indented, in the order of the reference, plain secrets masked.</summary>
    public static string Shown(IEnumerable<Resource> resources) => Encoding.UTF8.GetString(Write(resources, WriteStyle.Shown, Indented));

    /// <summary>True when two specifications say the same. Records hold lists, so their own equality is by identity.</summary>
    public static bool Same(object a, object b) => a.GetType() == b.GetType() && ShapeCatalogue.OfRecord(a.GetType()).Same(a, b);

    private static byte[] Write(IEnumerable<Resource> resources, WriteStyle style, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(4096, resources.TryGetNonEnumeratedCount(out int count) ? count * Usual : 0));
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartArray();
            foreach (var resource in resources) Write(writer, resource, style);
            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Resource resource, WriteStyle style)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, resource.ApiVersion);
        writer.WriteString("kind"u8, resource.Kind);
        writer.WritePropertyName("metadata"u8);
        Metadata.Write(writer, resource.Metadata, style);
        writer.WritePropertyName("spec"u8);
        ShapeCatalogue.OfRecord(resource.UntypedSpec.GetType()).Write(writer, resource.UntypedSpec, style);
        writer.WriteEndObject();
    }
}
