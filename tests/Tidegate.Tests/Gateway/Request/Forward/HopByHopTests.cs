using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Tests.Gateway.Request.Forward;

public sealed class HopByHopTests
{
    [Theory]
    [InlineData("close", "x-mine,host")]
    [InlineData("keep-alive, X-Mine", "host")]
    [InlineData("X-Mine , close", "host")]
    [InlineData("Host, Content-Length, , X-Other", "x-mine,host")]
    public void Semantics1_8_NominatedHeaders_AreTakenOutButNeverFramingOrHost(string connection, string left)
    {
        var headers = new HeaderDictionary { ["Connection"] = connection, ["X-Mine"] = "1", ["Host"] = "a" };
        HopByHop.RemoveNominated(headers);
        foreach (var name in left.Split(',')) Assert.True(headers.ContainsKey(name));
        Assert.Equal(left.Split(',').Length + 1, headers.Count);
    }
}
