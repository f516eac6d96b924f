using FsCheck.Xunit;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Balance;

public sealed class ConsistentHashPolicyTests
{
    private readonly Make _make = new();

    [Property]
    public void Pick_ADestinationGoes_OnlyItsOwnKeysMove(int seed, byte count, byte gone)
    {
        var destinations = _make.Service((count % 12) + 2).Destinations;
        var without = destinations.Where((_, i) => i != gone % destinations.Length).ToArray();
        var policy = new ConsistentHashPolicy(new HashConfig());
        foreach (var hash in Keys(seed, 500))
        {
            var before = policy.Pick(hash, destinations);
            if (before != destinations[gone % destinations.Length]) Assert.Same(before, policy.Pick(hash, without));
        }
    }

    [Property(MaxTest = 30)]
    public void Pick_AWeightGrows_KeysMoveOnlyToIt(int seed, byte grown)
    {
        var before = Of(5, []).Destinations;
        var weights = Enumerable.Repeat(100, 5).ToArray();
        weights[grown % 5] = 200;
        var after = Of(5, weights).Destinations;
        var policy = new ConsistentHashPolicy(new HashConfig());
        foreach (var hash in Keys(seed, 500))
        {
            var (old, now) = (policy.Pick(hash, before), policy.Pick(hash, after));
            if (old.Name != now.Name) Assert.Equal(after[grown % 5].Name, now.Name);
        }
    }

    [Fact]
    public void Pick_ManyKeys_SharesByWeight()
    {
        var service = Of(4, [100, 100, 100, 300]);
        var counts = _make.Spread(service, 12_000, i => Make.Call($"10.{i % 250}.{i / 250 % 250}.{i % 7}"));

        foreach (var name in new[] { "a", "b", "c" }) Assert.InRange(counts[name], 1800, 2200); // 2000 expected, 5 standard deviations are 200
        Assert.InRange(counts["d"], 5700, 6300);
    }

    [Theory]
    [InlineData(HashSource.Header)]
    [InlineData(HashSource.Cookie)]
    [InlineData(HashSource.Key)]
    [InlineData(HashSource.Ip)]
    public void Pick_SameValue_GoesToTheSameDestinationWhateverElseDiffers(HashSource source)
    {
        var service = Of(8, [], new HashConfig { By = source, Name = "tenant" });
        for (var value = 0; value < 20; value++)
        {
            var text = $"v{value}";
            var counts = _make.Spread(service, 20, i =>
            {
                var call = Make.Call(source == HashSource.Ip ? $"10.0.0.{text[1..]}" : $"192.0.2.{i}");
                call.Http.Request.Headers["tenant"] = source == HashSource.Header ? text : $"other{i}";
                call.Http.Request.Headers.Cookie = source == HashSource.Cookie ? $"a=b; tenant={text}; x={i}" : $"tenant=other{i}";
                call.Caller = new Caller("", source == HashSource.Key ? text : $"k{i}", [], null);
                return call;
            });
            Assert.Single(counts, c => c.Value == 20);
        }
    }

    [Fact]
    public void Pick_NoValue_FallsBackToTheAddress()
    {
        var service = Of(8, [], new HashConfig { By = HashSource.Header, Name = "tenant" });
        Assert.Single(_make.Spread(service, 20, _ => Make.Call("192.0.2.9")), c => c.Value == 20);
    }

    [Fact]
    public void Pick_MaxLoad_PassesABusyDestinationOver()
    {
        var bounded = Of(4, [], new HashConfig { MaxLoad = 1.25 });
        var call = Make.Call();
        var first = bounded.Balancing.Pick(call, bounded.Destinations, 0);
        for (var i = 0; i < 10; i++) first.State.Enter();

        var second = bounded.Balancing.Pick(call, bounded.Destinations, 0);

        Assert.NotSame(first, second);
        Assert.Same(second, bounded.Balancing.Pick(call, [.. bounded.Destinations.Where(d => d != first)], 0)); // the next in its own order
    }

    [Fact]
    public void Hash_KnownText_IsTheSameForEver() => Assert.Equal(8651288071358768667UL, ConsistentHashPolicy.Hash("tidegate"));

    private static IEnumerable<ulong> Keys(int seed, int count) => Enumerable.Range(0, count).Select(i => ConsistentHashPolicy.Hash($"{seed}/{i}"));

    private ServiceModel Of(int count, int[] weights, HashConfig? hash = null) => _make.Service(count, c => c with
    {
        Destinations = [.. c.Destinations.Select((d, i) => d with { Weight = i < weights.Length ? weights[i] : 100 })],
        Balancing = c.Balancing with { Policy = "consistentHash", Hash = hash ?? new HashConfig() },
    });
}
