using Tidegate.Core.Resources.Models;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models.Rescue;

/// <summary>What an attempt that goes on with a broken stream adds to what the caller has.</summary>
internal sealed class Continuation
{
    private readonly bool _mustRepeat;
    private string _left;
    private bool _says;

    /// <summary>A continuation of <paramref name="text"/>.</summary>
    public Continuation(RescueMode mode, string text)
    {
        _mustRepeat = mode == RescueMode.Splice;
        // A prefilled answer ends without white space; what the model puts there first is what the caller has already.
        _left = _mustRepeat ? text : text[text.TrimEnd().Length..];
    }

    /// <summary>The new answer is another one: the caller's text is not its begin.</summary>
    public bool IsAnother { get; private set; }

    /// <summary>What is new of an event; null when it is nothing, or when <see cref="IsAnother"/>.</summary>
    public ChatEvent? Take(ChatEvent next)
    {
        switch (next)
        {
            case Started or Failed or Used:
                return null; // the stream has begun; errors and usage are the output's own matter
            case TextDelta { Choice: 0 } text:
                return TakeText(text);
            case ReasoningDelta when !_says:
                return null; // the caller has had its thoughts
            case Finished:
                IsAnother |= _mustRepeat && _left.Length > 0;
                break;
            default:
                IsAnother |= _mustRepeat && _left.Length > 0 && next.IsContent;
                if (_left.Length > 0 && !next.IsContent) return null; // sources of what is repeated
                break;
        }

        return IsAnother ? null : next;
    }

    private TextDelta? TakeText(TextDelta text)
    {
        var same = 0;
        while (same < text.Text.Length && same < _left.Length && text.Text[same] == _left[same]) same++;
        var isDifferent = same < text.Text.Length && same < _left.Length;
        IsAnother |= _mustRepeat && isDifferent;
        _left = isDifferent ? "" : _left[same..];
        if (IsAnother || same == text.Text.Length) return null;
        _says = true;
        return same == 0 ? text : new TextDelta(text.Text[same..]);
    }
}
