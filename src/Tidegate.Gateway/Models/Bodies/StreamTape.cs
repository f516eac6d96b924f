using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Streaming;

namespace Tidegate.Gateway.Models.Bodies;

/// <summary>
/// What the events of a stream say, put together to the whole answer they tell: frames say the same in fifty times the bytes, and a secret that is cut over two of them
/// would be found in neither. Log probabilities are left out: they spell what is masked.
/// </summary>
internal sealed class StreamTape(IStreamFormat format, IFaceFormat face, AnswerContext context, int most)
{
    private const int MostChoices = 128;

    private readonly IFrameReader _frames = format.CreateFrameReader();
    private readonly IStreamReader _reader = format.CreateStreamReader();
    private readonly AnswerBuilder _answer = new();
    private readonly ArrayBufferWriter<byte> _rest = new();
    private readonly List<ChatEvent> _events = [];
    private int _length;

    /// <summary>There was more than may be kept.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Takes what is written next.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (Truncated) return;
        _rest.Write(bytes);
        var buffer = new ReadOnlySequence<byte>(_rest.WrittenMemory);
        try
        {
            while (!Truncated && _frames.TryRead(ref buffer, out var frame)) Take(frame);
        }
        catch (FormatException)
        {
            Truncated = true; // not of this framing from here on
        }

        var left = buffer.IsEmpty ? [] : buffer.ToArray();
        _rest.ResetWrittenCount();
        if (left.Length > most) Truncated = true;
        else if (!Truncated) _rest.Write(left);
    }

    /// <summary>The answer in the caller's format.</summary>
    public ReadOnlyMemory<byte> Build()
    {
        var last = new ReadOnlySequence<byte>(_rest.WrittenMemory);
        if (!Truncated && _frames.TryReadLast(ref last, out var frame)) Take(frame);
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output)) face.WriteAnswer(_answer.Build(), context, json);
        return output.WrittenMemory;
    }

    private void Take(in StreamFrame frame)
    {
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) return;
        _events.Clear();
        _reader.Read(frame, _events);
        foreach (var next in _events)
        {
            if (next.Choice >= MostChoices) continue;
            _length += next switch
            {
                TextDelta text => text.Text.Length,
                ReasoningDelta reasoning => reasoning.Text.Length + (reasoning.Redacted?.Length ?? 0) + (reasoning.Signature?.Length ?? 0),
                RefusalDelta refusal => refusal.Text.Length,
                ToolCallStarted call => call.Name.Length + 64,
                ToolArgumentsDelta arguments => arguments.Json.Length,
                CitationAdded { Citation: var citation } => 64 + (citation.Title?.Length ?? 0) + (citation.Quote?.Length ?? 0),
                _ => 0,
            };
            _answer.Add(next is TextDelta { Logprobs.Count: > 0 } spelled ? spelled with { Logprobs = [] } : next);
        }

        Truncated = _length > most;
    }
}
