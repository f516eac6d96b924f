using System.Net;
using Tidegate.Core.Ports;
using Tidegate.Demo;

namespace Tidegate.Tests.Demo;

public sealed class ShopReplicaTests
{
    [Fact]
    public async Task Unreliable_ItsFirstCallThatMayBeTriedAgain_GoesWrongWhateverChanceSays()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var unreliable = await ShopReplica.StartAsync("c", 0, trouble: 0.1, new NeverTrouble(), TimeProvider.System, cancel);
        await using var reliable = await ShopReplica.StartAsync("a", 0, trouble: 0, new NeverTrouble(), TimeProvider.System, cancel);
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.OK, await GetAsync(unreliable, "/healthz"));
        using (var order = await http.PostAsync(new Uri(unreliable.Address, "/orders"), null, cancel)) Assert.Equal(HttpStatusCode.Created, order.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(unreliable, "/products"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(unreliable, "/products"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(reliable, "/products"));

        async Task<HttpStatusCode> GetAsync(ShopReplica replica, string path)
        {
            using var answer = await http.GetAsync(new Uri(replica.Address, path), cancel);
            return answer.StatusCode;
        }
    }

    private sealed class NeverTrouble : IRandomSource
    {
        public double NextDouble() => 0.99;

        public int Next(int exclusiveMax) => 0;

        public void NextBytes(Span<byte> bytes) => bytes.Clear();
    }
}
