using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.ConfigStore.Revisions;

namespace Tidegate.Tests.Platform.ConfigStore;

public sealed class ReadMemoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ReadMemory _memory;

    public ReadMemoryTests() => _memory = new ReadMemory(_time);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Read_SameTextsAgain_AreNotReadAgain()
    {
        var planned = _memory.Read(Candidate("a.yaml", ConfigNode.Good), ConfigDocument.Empty);
        // As it comes with the next request: other strings, the same characters.
        var applied = _memory.Read(Candidate("a.yaml", new string(ConfigNode.Good.AsSpan())), ConfigDocument.Empty);

        Assert.Same(planned, applied);
    }

    [Fact]
    public void Read_AnythingElse_IsReadAgain()
    {
        var planned = _memory.Read(Candidate("a.yaml", ConfigNode.Good), ConfigDocument.Empty);

        var changed = _memory.Read(Candidate("a.yaml", ConfigNode.Good.Replace("a:1", "b:1", StringComparison.Ordinal)), ConfigDocument.Empty);
        Assert.Equal("http://b:1", changed.Document!.Services.Single().Spec.Destinations[0].Address.OriginalString);
        Assert.Equal("b.yaml", _memory.Read(Candidate("b.yaml", ConfigNode.Good), ConfigDocument.Empty).Document!.Resources[0].Source!.File);
        Assert.False(_memory.Read(Candidate("a.json", ConfigNode.Good), ConfigDocument.Empty).Document is { });
        Assert.NotSame(planned, _memory.Read(Candidate("a.yaml", ConfigNode.Good), ConfigDocument.Empty));
    }

    [Fact]
    public void Read_PartOntoAnotherDocument_IsReadAgain()
    {
        var part = Candidate("a.yaml", "apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }") with { Partial = true };
        var before = DocumentReader.Read("a.yaml", ConfigNode.Good).Document!;

        var onto = _memory.Read(part, before);

        Assert.Same(onto, _memory.Read(part, before));
        Assert.Equal(3, onto.Document!.Resources.Count);
        Assert.Single(_memory.Read(part, ConfigDocument.Empty).Document!.Resources);
        Assert.Single(_memory.Read(part with { Partial = false }, before).Document!.Resources);
    }

    [Fact]
    public void Read_ManyCandidates_OneIsRememberedAndNotForLong()
    {
        var first = Remember("first");
        for (int i = 0; i < 5; i++) Remember($"other{i}");
        GC.Collect();
        Assert.False(first.IsAlive, "an older candidate is still in memory");

        Assert.True(_memory.Holds);
        _time.Advance(ReadMemory.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(_memory.Holds);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_memory.Holds);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference Remember(string name) =>
        new(_memory.Read(Candidate("a.yaml", ConfigNode.Good.Replace("orders", name, StringComparison.Ordinal)), ConfigDocument.Empty));

    private static Candidate Candidate(string name, string text) => new() { Texts = [new SourceText(name, text)] };
}
