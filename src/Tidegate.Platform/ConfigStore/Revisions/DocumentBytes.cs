using System.IO.Compression;
using System.Text;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;

namespace Tidegate.Platform.ConfigStore.Revisions;

/// <summary>Documents as they are kept: canonical JSON, compressed.</summary>
internal static class DocumentBytes
{
    public static byte[] Pack(byte[] canonical)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest)) brotli.Write(canonical);
        return packed.ToArray();
    }

    /// <summary>The document. What was accepted once may break a rule that is newer; it is still what was in force.</summary>
    public static ConfigDocument Unpack(byte[] packed, string name) => Parse(Encoding.UTF8.GetString(Expand(packed)), name);

    /// <summary>The canonical document.</summary>
    public static byte[] Expand(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var canonical = new MemoryStream();
        brotli.CopyTo(canonical);
        return canonical.ToArray();
    }

    public static ConfigDocument Parse(string canonical, string name)
    {
        var result = DocumentReader.ReadAccepted(new SourceText(name, canonical) { IsJson = true });
        return result.Document ?? throw new InvalidDataException($"{name} cannot be read by this version: {string.Join(' ', result.Findings.Take(3))}");
    }

    public static byte[] Canonical(ConfigDocument document) => DocumentWriter.Canonical(document);
}
