using System.Net;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Models.Chat;
using Tidegate.Models.Providers.Tokens;

namespace Tidegate.Models.Tests.Providers.Tokens;

public sealed class TokenSourceTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(VendorRun.Now);
    private readonly Giver _giver = new();
    private readonly HttpMessageInvoker _client;
    private readonly TokenSource _source;

    public TokenSourceTests()
    {
        _client = new HttpMessageInvoker(_giver);
        _source = new TokenSource(new Numbers(), _client, _time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _giver.Dispose();
    }

    [Fact]
    public async Task Get_Again_IsTheSameToken()
    {
        _giver.Open();
        Assert.Equal("1", await _source.GetAsync(Cancel));
        _time.Advance(TimeSpan.FromMinutes(54));
        Assert.Equal("1", await _source.GetAsync(Cancel));
        Assert.Equal(1, _giver.Asked);
    }

    [Fact]
    public async Task Get_ManyAtOnce_IsOneExchange()
    {
        var callers = Enumerable.Range(0, 50).Select(_ => _source.GetAsync(Cancel).AsTask()).ToArray();
        _giver.Open();
        Assert.All(await Task.WhenAll(callers), token => Assert.Equal("1", token));
        Assert.Equal(1, _giver.Asked);
    }

    [Fact]
    public async Task Get_ACallerLeaves_TheOthersGetTheirToken()
    {
        using var leaves = new CancellationTokenSource();
        var first = _source.GetAsync(leaves.Token).AsTask();
        var second = _source.GetAsync(Cancel).AsTask();
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _giver.Open();
        Assert.Equal("1", await second);
        Assert.Equal(1, _giver.Asked);
    }

    [Fact]
    public async Task Get_ShortlyBeforeTheEnd_GivesTheOldTokenAndFetchesANewOne()
    {
        _giver.Open();
        await _source.GetAsync(Cancel);
        _giver.Close();
        _time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("1", await _source.GetAsync(Cancel));
        Assert.Equal("1", await _source.GetAsync(Cancel));
        _giver.Open();
        await Until(async () => await _source.GetAsync(Cancel) == "2");
        Assert.Equal(2, _giver.Asked);
    }

    [Fact]
    public async Task Get_RefreshFails_OldTokenServesAndExchangesPause()
    {
        _giver.Open();
        await _source.GetAsync(Cancel);
        _giver.Fails = true;
        _time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("1", await _source.GetAsync(Cancel));
        await Until(() => Task.FromResult(_giver.Asked == 2));
        for (var i = 0; i < 10; i++) Assert.Equal("1", await _source.GetAsync(Cancel));
        Assert.Equal(2, _giver.Asked);

        // After the pause it is tried again, once.
        await Until(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("1", await _source.GetAsync(Cancel));
            return _giver.Asked > 2;
        });
        Assert.Equal(3, _giver.Asked);
    }

    [Fact]
    public async Task Get_AfterTheEnd_WaitsForANewOne()
    {
        _giver.Open();
        await _source.GetAsync(Cancel);
        _time.Advance(TimeSpan.FromMinutes(60) - TokenSource.UnusableBefore);
        Assert.Equal("2", await _source.GetAsync(Cancel));
    }

    [Fact]
    public async Task Get_AfterAFailure_TriesAgain()
    {
        _giver.Open();
        _giver.Fails = true;
        var failed = await Assert.ThrowsAsync<TokenException>(() => _source.GetAsync(Cancel).AsTask());
        Assert.Equal(ModelErrorKind.Server, failed.Error.Kind);
        _giver.Fails = false;
        Assert.Equal("2", await _source.GetAsync(Cancel));
    }

    [Fact]
    public async Task Get_NoAnswerInTime_IsATimeout()
    {
        var waiting = _source.GetAsync(Cancel).AsTask();
        await Until(() => Task.FromResult(_giver.Asked == 1));
        _time.Advance(TokenSource.Timeout);
        Assert.Equal(ModelErrorKind.Timeout, (await Assert.ThrowsAsync<TokenException>(() => waiting)).Error.Kind);
    }

    [Fact]
    public async Task Forget_ARefusedToken_IsReplaced_ALaterOneIsNot()
    {
        _giver.Open();
        _source.Forget(await _source.GetAsync(Cancel));
        Assert.Equal("2", await _source.GetAsync(Cancel));
        _source.Forget("1");
        Assert.Equal("2", await _source.GetAsync(Cancel));
    }

    private static async Task Until(Func<Task<bool>> reached)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (await reached()) return;
            await Task.Delay(10, Cancel);
        }

        Assert.Fail("Not reached.");
    }

    private sealed class Numbers : ITokenExchange
    {
        public HttpRequestMessage CreateRequest(DateTimeOffset now) => new(HttpMethod.Post, "http://tokens.invalid/");

        public AccessToken Read(int status, ReadOnlySpan<byte> body, DateTimeOffset now) => new(System.Text.Encoding.UTF8.GetString(body), now.AddHours(1));
    }

    // Answers once it is open, with the number of the request.
    private sealed class Giver : HttpMessageHandler
    {
        private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public bool Fails { get; set; }

        public void Open() => _open.TrySetResult();

        public void Close() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref _asked);
            await _open.Task.WaitAsync(cancellationToken);
            if (Fails) throw new HttpRequestException("no");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(number.ToString()) };
        }
    }
}
