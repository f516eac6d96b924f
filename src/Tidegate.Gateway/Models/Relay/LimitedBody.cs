using System.Buffers;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>Reads an answer as a whole, up to a limit.</summary>
internal static class LimitedBody
{
    /// <summary>Most bytes of an error that are read; the rest says nothing more.</summary>
    public const int MostOfError = 64 * 1024;

    /// <summary>Most bytes of an answer. Images and sound come as base64.</summary>
    public const int MostOfAnswer = 64 << 20;

    /// <summary>The bytes, cut off at the limit.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int most, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var output = new ArrayBufferWriter<byte>((int)Math.Min(content.Headers.ContentLength ?? 4096, most) + 1);
        while (output.WrittenCount <= most)
        {
            var read = await stream.ReadAsync(output.GetMemory(4096), cancel);
            if (read == 0) break;
            output.Advance(read);
        }

        return output.WrittenMemory[..Math.Min(output.WrittenCount, most)];
    }
}
