using System.Text;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models.Rescue;

/// <summary>
/// What the caller of a stream has received, over all attempts: enough to go on where a broken one ended. The writer of the first attempt writes the whole stream, so that it
/// has one begin, one end, and indexes that go on.
/// </summary>
internal sealed class RescueJournal(RescueMode mode)
{
    private readonly StringBuilder _text = new();
    private bool _isText = true, _hasWords;

    /// <summary>How a broken stream is gone on with.</summary>
    public RescueMode Mode { get; } = mode;

    /// <summary>What writes the stream; null as long as the caller has seen nothing.</summary>
    public IStreamWriter? Writer { get; private set; }

    /// <summary>The text received.</summary>
    public string Text => _text.ToString();

    /// <summary>Tokens of the attempts that broke off; null when there were none.</summary>
    public Usage? Spent { get; private set; }

    /// <summary>
    /// The stream can be gone on with: what was received last is plain text of a single answer. Tool calls cannot, whoever has them may have begun to act; thoughts cannot,
    /// for their signature is missing.
    /// </summary>
    public bool CanGoOn => Writer is not null && _isText && _hasWords;

    /// <summary>How the last attempt that was seen broke off.</summary>
    public ModelError? Error { get; private set; }

    /// <summary>From here the caller sees what <paramref name="writer"/> writes.</summary>
    public void Begin(IStreamWriter writer) => Writer ??= writer;

    /// <summary>Takes what the caller has been shown.</summary>
    public void Add(ChatEvent next)
    {
        switch (next)
        {
            case TextDelta { Choice: 0 } text:
                _text.Append(text.Text);
                _hasWords |= !string.IsNullOrWhiteSpace(text.Text);
                break;
            case ReasoningDelta { Choice: 0 }:
                // Thoughts before the text end with it; thoughts behind it would have to be gone on with.
                _isText &= _text.Length == 0;
                break;
            default:
                _isText &= !next.IsContent && next is not Finished;
                break;
        }
    }

    /// <summary>Nobody can go on with it.</summary>
    public void Stop() => _isText = false;

    /// <summary>An attempt broke off. Its tokens were paid for all the same.</summary>
    public void Break(ModelError error, ModelUse? use)
    {
        Error = error;
        if (use is null) return;
        Spent = Sum(new Usage
        {
            Input = use.InputTokens ?? 0, CachedInput = use.CachedInputTokens, CacheWrite = use.CacheWriteTokens,
            Output = use.OutputTokens ?? 0, Reasoning = use.ReasoningTokens, Estimated = use.Estimated,
        });
    }

    /// <summary>All tokens with those of the attempt that goes on.</summary>
    public Usage? Sum(Usage? usage) => Spent is not { } before ? usage : usage is null ? before : new Usage
    {
        Input = before.Input + usage.Input,
        CachedInput = before.CachedInput + usage.CachedInput,
        CacheWrite = before.CacheWrite + usage.CacheWrite,
        Output = before.Output + usage.Output,
        Reasoning = before.Reasoning + usage.Reasoning,
        AudioInput = before.AudioInput + usage.AudioInput,
        AudioOutput = before.AudioOutput + usage.AudioOutput,
        Estimated = before.Estimated || usage.Estimated,
    };
}
