using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats;

/// <summary>Looks on at a stream by the format's full reader: right for every format, and not cheap.</summary>
/// <param name="reader">The reader; it sees every frame.</param>
public sealed class ReaderStreamScan(IStreamReader reader) : IStreamScan
{
    private readonly List<ChatEvent> _events = [];
    private ChoiceProgress _choices;

    /// <inheritdoc/>
    public Usage? Usage { get; private set; }

    /// <inheritdoc/>
    public long ContentBytes { get; private set; }

    /// <inheritdoc/>
    public bool IsWhole => _choices.IsWhole;

    /// <inheritdoc/>
    public bool IsRefused { get; private set; }

    /// <inheritdoc/>
    public bool HasThoughts { get; private set; }

    /// <summary>The cheapest way to look at the streams of a format.</summary>
    public static IStreamScan For(ITargetFormat format) => format is IStreamScanFormat cheap ? cheap.CreateStreamScan() : new ReaderStreamScan(format.CreateStreamReader());

    /// <inheritdoc/>
    public StreamSigns Read(in StreamFrame frame)
    {
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) return StreamSigns.Done;
        _events.Clear();
        var signs = reader.Read(frame, _events) ? StreamSigns.None : StreamSigns.Malformed;
        foreach (var next in _events)
        {
            if (next.IsContent)
            {
                signs |= StreamSigns.Content;
                _choices.Begin(next.Choice);
            }

            switch (next)
            {
                case TextDelta text:
                    ContentBytes += Encoding.UTF8.GetByteCount(text.Text);
                    break;
                case ReasoningDelta reasoning:
                    ContentBytes += Encoding.UTF8.GetByteCount(reasoning.Text);
                    HasThoughts |= reasoning.Text.Length > 0;
                    break;
                case RefusalDelta refusal:
                    ContentBytes += Encoding.UTF8.GetByteCount(refusal.Text);
                    IsRefused = true;
                    break;
                case ToolArgumentsDelta arguments:
                    ContentBytes += Encoding.UTF8.GetByteCount(arguments.Json);
                    break;
                case Finished finished:
                    IsRefused |= finished.Finish.IsRefused;
                    signs |= StreamSigns.Finish;
                    _choices.End(next.Choice);
                    break;
                case Failed:
                    return StreamSigns.Error;
                case Used used:
                    Usage = used.Usage;
                    signs |= StreamSigns.Usage;
                    break;
            }
        }

        return signs;
    }
}
