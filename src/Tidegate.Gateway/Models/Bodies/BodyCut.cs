using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tidegate.Gateway.Models.Bodies;

/// <summary>The beginning of a body, as much of it as may be kept. Files that stand in it as text are left out: they say nothing, and take all the room.</summary>
/// <param name="Bytes">The bytes, with <see cref="Margin"/> more than are kept, so that a secret at the end is seen whole.</param>
/// <param name="Truncated">There was more.</param>
internal readonly record struct BodyCut(ReadOnlyMemory<byte> Bytes, bool Truncated)
{
    /// <summary>Bytes beyond the limit that are looked at and not kept: more than any secret has whose end matters.</summary>
    public const int Margin = 4096;

    /// <summary>Characters at the end of a text that was cut off that are not kept: what a secret may have that is too short to be told.</summary>
    public const int Tail = 1024;

    // A run of letters and digits this long is no text of any language: an image, sound, a file.
    private const int Data = 1024;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="u8);

    /// <summary>Cuts a body to <paramref name="most"/> bytes and the margin.</summary>
    public static BodyCut Of(ReadOnlySpan<byte> body, int most)
    {
        most += Margin;
        var output = new ArrayBufferWriter<byte>(Math.Min(body.Length, most));
        while (body.Length > 0 && output.WrittenCount < most)
        {
            var run = LengthOf(body.IndexOfAnyExcept(Base64), body);
            if (run >= Data) Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{run} characters of data]"), output);
            else output.Write(body[..run]);
            body = body[run..];
            var between = LengthOf(body.IndexOfAny(Base64), body);
            output.Write(body[..Math.Min(between, most)]);
            body = body[between..];
        }

        return new BodyCut(output.WrittenMemory[..Math.Min(output.WrittenCount, most)], body.Length > 0 || output.WrittenCount > most);
    }

    private static int LengthOf(int index, ReadOnlySpan<byte> body) => index < 0 ? body.Length : index;
}
