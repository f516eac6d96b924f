using Tidegate.Gateway.Models.Buffers;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>Reads an answer as a whole, up to a limit.</summary>
internal static class LimitedBody
{
    /// <summary>Most bytes of an error that are read; the rest says nothing more.</summary>
    public const int MostOfError = 64 * 1024;

    /// <summary>Most bytes of an answer. Images and sound come as base64.</summary>
    public const int MostOfAnswer = 64 << 20;

    /// <summary>Reads the bytes, cut off at the limit.</summary>
    public static async ValueTask ReadAsync(HttpContent content, int most, PooledBytes output, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        output.Expect(Math.Min(content.Headers.ContentLength ?? 4096, most) + 1);
        while (output.Count <= most)
        {
            var read = await stream.ReadAsync(output.GetMemory(1), cancel);
            if (read == 0) break;
            output.Advance(read);
        }

        output.Truncate(Math.Min(output.Count, most));
    }
}
