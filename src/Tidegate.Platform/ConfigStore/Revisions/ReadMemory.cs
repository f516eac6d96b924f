using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Platform.ConfigStore.Revisions;

/// <summary>
/// The last candidate that was read: an apply mostly follows the plan of the same texts, and of 10,000 routes reading them again would be
/// half of the work. One candidate at most, and for a short time: nobody's forgotten plan stays in memory.
/// </summary>
internal sealed class ReadMemory : IDisposable
{
    /// <summary>Longer than it takes to look at a plan and apply it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly ITimer _end;
    private volatile LastRead? _read;

    public ReadMemory(TimeProvider time) => _end = time.CreateTimer(static memory => ((ReadMemory)memory!).Forget(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>True while something is remembered.</summary>
    public bool Holds => _read is not null;

    /// <summary>What the texts say; from memory only when every name and every character is the same, onto the same document.</summary>
    public ReadResult Read(Candidate candidate, ConfigDocument before)
    {
        var onto = candidate.Partial ? before : null;
        if (_read is { } last && ReferenceEquals(last.Onto, onto) && last.Lenient == candidate.Lenient && last.Texts.SequenceEqual(candidate.Texts)) return last.Result;
        var result = DocumentReader.Read(candidate.Texts, onto, lenient: candidate.Lenient);
        _read = new LastRead(candidate.Texts, candidate.Lenient, onto, result);
        _end.Change(Lifetime, Timeout.InfiniteTimeSpan);
        return result;
    }

    public void Forget() => _read = null;

    public void Dispose() => _end.Dispose();

    private sealed record LastRead(IReadOnlyList<SourceText> Texts, bool Lenient, ConfigDocument? Onto, ReadResult Result);
}
