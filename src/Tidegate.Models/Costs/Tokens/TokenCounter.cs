using System.Collections;
using System.Reflection;
using Microsoft.ML.Tokenizers;

namespace Tidegate.Models.Costs.Tokens;

/// <summary>
/// Counts the tokens of texts where a provider does not tell them, in the vocabulary o200k of OpenAI's models since 2024. Others' vocabularies are not public or
/// not the same: for their models it is an approximation, within about a fifth for prose and code. Loaded when the first text is counted, not before: it takes 36 megabytes, and some tenths of a second.
/// </summary>
public sealed class TokenCounter
{
    // Time goes with the square of the length of an unbroken run; pieces of this length count the same, but for a token now and then.
    private const int Piece = 256;

    private readonly Lock _gate = new();
    private volatile Lazy<TiktokenTokenizer> _tokenizer = Unloaded();
    private Task _loading = Task.CompletedTask;

    /// <summary>True when the vocabulary has been loaded.</summary>
    public bool IsLoaded => _tokenizer.IsValueCreated;

    /// <summary>Tokens of a text; 0 for null.</summary>
    public long Count(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        var tokenizer = _tokenizer.Value;
        long tokens = 0;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var length = End(rest);
            tokens += tokenizer.CountTokens(rest[..length], considerNormalization: false);
            rest = rest[length..];
        }

        return tokens;
    }

    /// <summary>Completes when the vocabulary is there. One thread loads it, whoever asks meanwhile waits for that without a thread of its own.</summary>
    public Task LoadAsync()
    {
        lock (_gate)
        {
            if (!IsLoaded && _loading.IsCompleted) _loading = RunAsync();
            return _loading;
        }
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _ = _tokenizer.Value;
    }

    /// <summary>Lets go of the vocabulary: the next text that is counted loads it again.</summary>
    public void Forget()
    {
        if (!IsLoaded) return;
        _tokenizer = Unloaded();
        // The library keeps every vocabulary it has read, and has no word for letting go. Without this field (a test looks for it) nothing is let go, and all goes on.
        (typeof(TiktokenTokenizer).GetField("_tiktokenCache", BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null) as IDictionary)?.Clear();
    }

    private static Lazy<TiktokenTokenizer> Unloaded() => new(static () => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    // Before the last space, which begins a token; anywhere in a run without one.
    private static int End(ReadOnlySpan<char> text)
    {
        if (text.Length <= Piece) return text.Length;
        var space = text[..Piece].LastIndexOf(' ');
        if (space > 0) return space;
        return char.IsHighSurrogate(text[Piece - 1]) ? Piece - 1 : Piece;
    }
}
