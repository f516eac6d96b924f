using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs.Tokens;
using Tidegate.Models.Formats;
using Tidegate.Models.Json;

namespace Tidegate.Gateway.Models.Costs;

/// <summary>
/// What came of an answer since its provider last told its tokens: counted only when it never tells the rest. Keeps texts that were made anyway; for streams that
/// pass through it reads what the look at them kept, or takes four bytes as a token where that kept no text.
/// </summary>
internal sealed class DeliveredText
{
    private List<string>? _texts;
    private IStreamScan? _scan;
    private long _toldBytes;
    private int _toldText;
    private bool _isRefused, _hasThoughts;

    /// <summary>The model declined, or its provider's filter did.</summary>
    public bool IsRefused => _isRefused || _scan is { IsRefused: true };

    /// <summary>Thoughts were among what came, in words.</summary>
    public bool HasThoughts => _hasThoughts || _scan is { HasThoughts: true };

    /// <summary>The answer passes through, and this looks at it.</summary>
    public IStreamScan Follow(IStreamScan scan) => _scan = scan;

    /// <summary>All that came so far is in the provider's numbers.</summary>
    public void Told()
    {
        _texts?.Clear();
        if (_scan is { } scan) (_toldBytes, _toldText) = (scan.ContentBytes, scan.ContentText.Length);
    }

    /// <summary>Takes an event of an answer that is written anew.</summary>
    public void Add(ChatEvent next)
    {
        _isRefused |= next is RefusalDelta or Finished { Finish.IsRefused: true };
        _hasThoughts |= next is ReasoningDelta { Text.Length: > 0 };
        var text = next switch
        {
            TextDelta delta => delta.Text,
            ReasoningDelta delta => delta.Text,
            RefusalDelta delta => delta.Text,
            ToolCallStarted call => call.Name,
            ToolArgumentsDelta delta => delta.Json,
            _ => "",
        };
        if (text.Length > 0) (_texts ??= []).Add(text);
    }

    /// <summary>Takes a whole answer.</summary>
    public void Add(ChatAnswer answer)
    {
        _isRefused |= answer.IsRefused;
        if (answer.Usage is { IsPlausible: true }) return;
        foreach (var next in AnswerEvents.Of(answer)) Add(next);
    }

    /// <summary>Tokens of it.</summary>
    public long Count(TokenCounter counter) => (_texts is { Count: > 0 } texts ? counter.Count(string.Concat(texts)) : 0) + Passed(counter);

    private long Passed(TokenCounter counter)
    {
        if (_scan is not { } scan) return 0;
        var bytes = scan.ContentBytes - _toldBytes;
        var kept = scan.ContentText[_toldText..];
        if (kept.Length == 0) return (bytes + 3) / 4;
        var tokens = counter.Count(JsonText.Unescape(Encoding.UTF8.GetString(kept.Span)));
        return kept.Length >= bytes ? tokens : tokens * bytes / kept.Length;
    }
}
