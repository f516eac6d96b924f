using System.Buffers.Binary;
using System.Text.Json;

namespace Tidegate.Models.Embeddings;

/// <summary>Vectors as base64 of little-endian 32-bit floats: four bytes a number, half the size of its digits.</summary>
public static class EmbeddingVector
{
    /// <summary>The base64 text.</summary>
    public static string ToBase64(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>The vector of a base64 text; null when the text is none.</summary>
    public static float[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length % sizeof(float) != 0) return null;
        var vector = new float[length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++) vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return vector;
    }

    /// <summary>A list of numbers. Throws <see cref="FormatException"/> for anything else.</summary>
    internal static float[] Read(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array) throw new FormatException("An item of the answer has no vector.");
        var vector = new float[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetSingle(out var number) || !float.IsFinite(number)) throw new FormatException("A vector of the answer holds something that is no number.");
            vector[i++] = number;
        }

        return vector;
    }

    /// <summary>A list of lists of numbers. Throws <see cref="FormatException"/> for anything else.</summary>
    internal static IReadOnlyList<float[]> ReadAll(JsonElement lists) =>
        lists.ValueKind == JsonValueKind.Array ? [.. lists.EnumerateArray().Select(Read)] : throw new FormatException("The answer has no embeddings.");
}
