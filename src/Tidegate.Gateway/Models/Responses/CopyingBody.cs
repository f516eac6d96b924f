using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Gateway.Models.Relay;

namespace Tidegate.Gateway.Models.Responses;

/// <summary>A response body that keeps a copy of what is written, up to a limit, and tells each time before anything is sent: whoever reads the end may ask on at once.</summary>
internal sealed class CopyingBody(IHttpResponseBodyFeature inner, int most, Action sending) : WatchedBody(inner)
{
    private readonly ArrayBufferWriter<byte> _copy = new();
    private bool _over;

    /// <summary>An event that ends a response was written, as the last thing but for closing frames.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>What was written; null when it was more than the limit.</summary>
    public ReadOnlyMemory<byte>? Bytes => _over ? null : _copy.WrittenMemory;

    /// <inheritdoc/>
    protected override void Sending() => sending();

    /// <inheritdoc/>
    protected override void Written(ReadOnlySpan<byte> bytes)
    {
        HasEnd |= bytes.IndexOf("\"response.completed\""u8) >= 0 || bytes.IndexOf("\"response.incomplete\""u8) >= 0;
        _over |= _copy.WrittenCount + bytes.Length > most;
        if (_over) _copy.ResetWrittenCount();
        else _copy.Write(bytes);
    }
}
