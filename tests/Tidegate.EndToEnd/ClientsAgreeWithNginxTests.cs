using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;

namespace Tidegate.EndToEnd;

/// <summary>Without a gateway between: what each client counts is what the server logged. If this fails, the scenarios prove nothing.</summary>
[Collection(nameof(Alone))]
public sealed class ClientsAgreeWithNginxTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Curl_CountsWhatNginxLogged()
    {
        await using var nginx = await NginxPeer.StartAsync();

        var seen = await Curl.CountAsync(new(nginx.Address, "/files/small.bin"), 20) + await Curl.CountAsync(new(nginx.Address, "/none"), 5) + await Curl.CountAsync(new(nginx.Address, "/moved"), 3);

        Assert.Equal(new((200, 20), (302, 3), (404, 5)), seen);
        await Eventually.HoldsAsync(async () => Assert.Equal(seen, await nginx.SeenAsync()), Soon);
    }

    [Fact]
    public async Task H2Load_CountsWhatNginxLogged()
    {
        await using var nginx = await NginxPeer.StartAsync();

        var seen = await H2Load.RunAsync(new(nginx.Address, "/made/429"), new(500, 8) { Http1 = true });

        Assert.Equal(new((429, 500)), seen);
        await Eventually.HoldsAsync(async () => Assert.Equal(seen, await nginx.SeenAsync()), Soon);
    }

    [Fact]
    public async Task Wrk_CountsWhatNginxLogged()
    {
        await using var nginx = await NginxPeer.StartAsync();

        var result = await Wrk.RunAsync(new(nginx.Address, "/files/10k.bin"), requests: 700, connections: 16, seconds: 2);

        Assert.Equal((0, 0), (result.RefusedConnections, result.BrokenConnections));
        Assert.InRange(result.Counts[200], 700, 716);
        await Eventually.HoldsAsync(async () => Assert.Equal(result.Counts, await nginx.SeenAsync()), Soon);
    }
}
