using System.Diagnostics.CodeAnalysis;

namespace Tidegate.Core.Resources.Schema;

/// <summary>Sizes as documents, flags and answers write them: <c>1048576</c>, <c>64KiB</c>, <c>10MB</c>.</summary>
public static class ByteSize
{
    // Largest first, so that formatting finds the largest unit that divides exactly.
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("TB", 1_000_000_000_000), ("GiB", 1L << 30), ("GB", 1_000_000_000),
        ("MiB", 1L << 20), ("MB", 1_000_000), ("KiB", 1L << 10), ("kB", 1_000), ("KB", 1_000), ("B", 1),
    ];

    /// <summary>What is legal, for messages and the schema.</summary>
    public const string Expected = "a number of bytes, such as 65536, 64KiB or 10MB";

    /// <summary>Regular expression of all legal texts.</summary>
    public const string Pattern = "^[0-9]+(TiB|TB|GiB|GB|MiB|MB|KiB|kB|KB|B)?$";

    /// <summary>The number of bytes, or false when the text is not one or does not fit.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out long bytes)
    {
        bytes = 0;
        if (string.IsNullOrEmpty(text)) return false;
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (!long.TryParse(text.AsSpan(0, digits), out var number)) return false;
        var word = text.AsSpan(digits);
        if (word.IsEmpty)
        {
            bytes = number;
            return true;
        }

        foreach (var (unit, size) in Units)
        {
            if (!word.SequenceEqual(unit)) continue;
            if (number > long.MaxValue / size) return false;
            bytes = number * size;
            return true;
        }

        return false;
    }

    /// <summary>The text in the largest unit that gives a whole number.</summary>
    public static string Format(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes == 0) return "0B";
        foreach (var (unit, size) in Units)
        {
            if (bytes % size == 0) return $"{bytes / size}{unit}";
        }

        return $"{bytes}B";
    }
}
