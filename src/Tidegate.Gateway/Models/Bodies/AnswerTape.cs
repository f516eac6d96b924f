using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Gateway.Models.Relay;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models.Bodies;

/// <summary>What the caller of one call was sent, as far as it may be kept: the beginning of a whole answer, or what the events of a stream say.</summary>
internal sealed class AnswerTape(IHttpResponseBodyFeature inner, HttpResponse response, ModelCall model, int most) : WatchedBody(inner)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private StreamTape? _stream;

    /// <summary>Bytes sent.</summary>
    public long Size { get; private set; }

    /// <summary>What a stream says; null for whole answers.</summary>
    public StreamTape? Events => _stream;

    /// <summary>The beginning of a whole answer.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <inheritdoc/>
    protected override void Written(ReadOnlySpan<byte> bytes)
    {
        if (Size == 0 && model is { Stream: true, Face: { AnswersRaw: false, Format: IStreamFormat format } face } && response.StatusCode == StatusCodes.Status200OK)
            _stream = new StreamTape(format, face.Format, model.Context, most);
        Size += bytes.Length;
        if (_stream is not null) _stream.Add(bytes);
        else if (!model.Face.AnswersRaw && _bytes.WrittenCount < most) _bytes.Write(bytes[..Math.Min(bytes.Length, most - _bytes.WrittenCount)]);
    }
}
