using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>Compares names and texts under a reader with words, also those that are legal JSON and no legal Unicode, on which the reader's own comparison throws.</summary>
internal static class ReaderWords
{
    /// <summary>True when the name or text is the word. The reader must stand on one piece of memory.</summary>
    public static bool Is(this ref Utf8JsonReader json, ReadOnlySpan<byte> word) => json.ValueIsEscaped ? IsEscaped(ref json, word) : json.ValueSpan.SequenceEqual(word);

    private static bool IsEscaped(ref Utf8JsonReader json, ReadOnlySpan<byte> word)
    {
        try
        {
#pragma warning disable RS0030 // what it throws on is answered here
            return json.ValueTextEquals(word);
#pragma warning restore RS0030
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: none of our words has one.
            return false;
        }
    }
}
