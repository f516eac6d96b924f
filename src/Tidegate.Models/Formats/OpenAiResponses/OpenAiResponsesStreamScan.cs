using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>
/// Looks on at a streamed response. Nearly all of its events are deltas, of which only the length matters; the handful of others goes to the full reader. (It has not
/// seen the deltas, and may differ on whether an event after the first content is content too: nobody asks by then.)
/// </summary>
internal sealed class OpenAiResponsesStreamScan : IStreamScan
{
    private readonly ReaderStreamScan _others = new(new OpenAiResponsesStreamReader());
    private long _deltas;
    private bool _declined, _thought;

    public Usage? Usage => _others.Usage;

    public long ContentBytes => Math.Max(_deltas, _others.ContentBytes);

    public bool IsRefused => _declined || _others.IsRefused;

    public bool HasThoughts => _thought || _others.HasThoughts;

    public StreamSigns Read(in StreamFrame frame)
    {
        if (!IsDelta(frame.Event)) return _others.Read(frame);
        var signs = ReadDelta(frame.Data.Span);
        if ((signs & StreamSigns.Content) == StreamSigns.None) return signs;
        _declined |= frame.Event is "response.refusal.delta";
        _thought |= frame.Event is "response.reasoning_summary_text.delta" or "response.reasoning_text.delta";
        return signs;
    }

    private static bool IsDelta(string name) => name is "response.output_text.delta" or "response.refusal.delta" or "response.function_call_arguments.delta"
        or "response.reasoning_summary_text.delta" or "response.reasoning_text.delta";

    private StreamSigns ReadDelta(ReadOnlySpan<byte> data)
    {
        var content = StreamSigns.None;
        try
        {
            var json = new Utf8JsonReader(data);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return StreamSigns.Malformed;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isDelta = json.Is("delta"u8);
                json.Read();
                if (isDelta && json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0)
                {
                    content = StreamSigns.Content;
                    _deltas += json.ValueSpan.Length;
                }

                json.Skip();
            }

            while (json.Read()) content |= StreamSigns.Malformed;
            return content;
        }
        catch (JsonException)
        {
            return StreamSigns.Malformed;
        }
    }
}
