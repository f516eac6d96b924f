using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Tidegate.Tests.Hosting;

/// <summary>Every error of the admin port is problem+json with a reason, and none of them tells too much.</summary>
public sealed class AdminPortTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/nowhere", 404, "no_such_path")]
    [InlineData("GET", "/api/v1/nowhere", 404, "no_such_path")]
    [InlineData("DELETE", "/api/v1/test/echo", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/test/crash", 500, "internal")]
    [InlineData("GET", "/api/v1/test/conflict", 409, "test_conflict")]
    [InlineData("GET", "/api/v1/test/number?n=seven", 400, "bad_request")]
    [InlineData("GET", "/api/v1/test/number", 400, "bad_request")]
    public async Task Errors_AreProblemJson(string method, string path, int status, string code)
    {
        await using var node = await TestNode.StartAsync();

        using var answer = await node.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        var problem = JsonNode.Parse(text)!;

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal("urn:tidegate:problem:" + code, (string?)problem["type"]);
        Assert.Equal(status, (int?)problem["status"]);
        Assert.False(string.IsNullOrEmpty((string?)problem["detail"]));
        Assert.False(string.IsNullOrEmpty((string?)problem["title"]));
        Assert.DoesNotContain("secret detail", text);
        Assert.DoesNotContain("   at ", text);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("nope", 400, "line 1")]
    [InlineData("""{"name":"x","count":""", 400, "$.count")]
    [InlineData("""{"name":"x","count":"seven"}""", 400, "$.count")]
    [InlineData("""{"name":"x","count":1,"colour":"red"}""", 400, "$.colour")]
    [InlineData("""{"name":"x","count":1,"count":2}""", 400, "$.count")]
    [InlineData("", 400, "empty or null")]
    [InlineData("null", 400, "empty or null")]
    [InlineData("[]", 400, "Expected an object, found a list.")]
    [InlineData("\"\\ud800\"", 400, "not the JSON that is expected here")]
    [InlineData("""{"name":"\ud800","count":1}""", 400, "$.name")]
    [InlineData("""{"\ud800":1,"name":"x","count":1}""", 400, "The body")]
    [InlineData("""{"name":null,"count":1}""", 400, "$.name: Expected a text, found null.")]
    [InlineData("""{"name":"x","cuont":1,"count":2}""", 400, "Did you mean \"count\"?")]
    public async Task Body_ThatIsNotWhatIsExpected_NamesThePlace(string body, int status, string place)
    {
        await using var node = await TestNode.StartAsync();

        using var answer = await node.Http.PostAsync("/api/v1/test/echo", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(place, (string?)problem["detail"]);
        Assert.DoesNotContain("System.", problem.ToJsonString());
    }

    [Theory]
    [InlineData("{}", "$.name The key \"name\" is missing: give a text.", "$.count The key \"count\" is missing: give a whole number.")]
    [InlineData(
        """{"name":7,"count":"seven","colour":"red","parts":[{"size":"big"},{"size":1,"size":2},3],"levels":{"low":1,"high":true},"day":"soon"}""",
        "$.name Expected a text, found the number 7.", "$.count Expected a whole number, found the text \"seven\".", "$.colour Unknown key \"colour\". Legal here: name, count, parts, levels, day, at.",
        "$.parts[0].size Expected one of small, large, found the text \"big\".", "$.parts[1].size Expected one of small, large, found the number 1.", "$.parts[1].size The key \"size\" stands here twice: remove one.",
        "$.parts[2] Expected an object, found the number 3.", "$.levels.high Expected a number, found true.", "$.day Expected a day such as \"2026-12-10\", found the text \"soon\".")]
    public async Task Body_WithSeveralErrors_NamesAllOfThem(string body, params string[] expected)
    {
        await using var node = await TestNode.StartAsync();

        using var answer = await node.Http.PostAsync("/api/v1/test/echo", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;

        Assert.Equal((400, $"The body has {expected.Length} errors."), ((int)answer.StatusCode, (string?)problem["detail"]));
        Assert.Equal(expected, problem["findings"]!.AsArray().Select(f => $"{f!["path"]} {f["message"]}"));
    }

    // Whose zone would it be? That of the machine the server happens to run on.
    [Theory]
    [InlineData("\"2026-11-30T17:05:00\"", "the text \"2026-11-30T17:05:00\"")]
    [InlineData("\"2026-11-30\"", "the text \"2026-11-30\"")]
    [InlineData("\"2026-11-30T17:05Z\"", "the text \"2026-11-30T17:05Z\"")]
    [InlineData("\"2026-11-30T17:05:00+01\"", "the text \"2026-11-30T17:05:00+01\"")]
    [InlineData("\"2026-02-30T17:05:00Z\"", "the text \"2026-02-30T17:05:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00+01:00\"", "the text \"0001-01-01T00:00:00+01:00\"")]
    [InlineData("\"2026-11-30T17:05:00Z\\n\"", "the text \"2026-11-30T17:05:00Z\n\"")]
    [InlineData("1764522300", "the number 1764522300")]
    public async Task Body_TimeWithoutAnOffset_IsRefusedAndSaysWhatATimeIs(string at, string found)
    {
        await using var node = await TestNode.StartAsync();

        using var answer = await node.Http.PostAsync("/api/v1/test/echo", new StringContent($$"""{"name":"x","count":1,"at":{{at}}}""", Encoding.UTF8, "application/json"), Cancel);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal($"$.at: Expected a time such as \"2026-03-01T09:00:00Z\", with Z or an offset, found {found}.", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData("2026-11-30T17:05:00Z", "2026-11-30T17:05:00+00:00")]
    [InlineData("2026-11-30T17:05:00.25-05:00", "2026-11-30T17:05:00.25-05:00")]
    [InlineData("2026-11-30T17:05:00.123456789Z", "2026-11-30T17:05:00.1234567+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00")]
    public async Task Body_TimeWithAnOffset_IsTaken(string at, string read)
    {
        await using var node = await TestNode.StartAsync();

        using var answer = await node.Http.PostAsync("/api/v1/test/echo", new StringContent($$"""{"name":"x","count":1,"at":"{{at}}"}""", Encoding.UTF8, "application/json"), Cancel);

        Assert.Equal(read, (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["at"]);
    }

    [Theory]
    [InlineData(10, true, "The body has 3 errors.")]
    [InlineData(300_000, false, "The body has 3 errors.")]
    [InlineData(3_000_000, false, "The body has 3 errors.")]
    [InlineData(3_000_000, true, "The body has 3 errors.")]
    [InlineData(33 << 20, true, "The body has something unexpected at $.name.")] // the first is before the limit of the endpoint, and the others are not looked for beyond it
    public async Task Body_LargeOrOfUnknownLength_NamesAllErrorsThatItsEndpointWouldRead(int length, bool chunked, string detail)
    {
        await using var node = await TestNode.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/test/echo") { Content = new StringContent($$"""{"name":7,"count":"seven","colour":"{{new string('x', length)}}"}""", Encoding.UTF8, "application/json") };
        if (chunked) request.Headers.TransferEncodingChunked = true;

        using var answer = await node.Http.SendAsync(request, Cancel);

        Assert.Equal(detail, (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["detail"]);
    }

    [Fact]
    public async Task Body_OfAnotherMediaType_Is415()
    {
        await using var node = await TestNode.StartAsync();

        using var answer = await node.Http.PostAsync("/api/v1/test/echo", new StringContent("a=b", Encoding.UTF8, "text/plain"), Cancel);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("unsupported_media_type", (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["code"]);
    }

    [Fact]
    public async Task Server_DoesNotSayWhatItIs()
    {
        await using var node = await TestNode.StartAsync();

        using var answer = await node.Http.GetAsync("/livez", Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Server"));
    }
}
