using System.Buffers;
using System.Text;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models.Buffers;

public sealed class PooledBytesTests
{
    private readonly PoisonedPool _arrays = new();

    private PooledBytes Make(string text = "")
    {
        var bytes = new PooledBytes(new BytePool(_arrays));
        bytes.Write(Encoding.UTF8.GetBytes(text));
        return bytes;
    }

    [Fact]
    public void Write_MoreThanThereIsRoom_KeepsWhatWasWrittenAndGivesTheSmallerArrayBack()
    {
        var bytes = Make();
        var expected = new byte[100_000];
        new Random(7).NextBytes(expected);

        foreach (var piece in expected.Chunk(999)) bytes.Write(piece);

        Assert.Equal(expected, bytes.Span);
        Assert.Equal(1, _arrays.Lent);
        Assert.True(_arrays.LentInAll > 1);
    }

    [Fact]
    public void Release_TheLastHolder_GivesTheArrayBack()
    {
        var bytes = Make("tide");
        var seen = bytes.Memory;
        Assert.True(bytes.TryHold());

        bytes.Release();
        Assert.Equal("tide", Encoding.UTF8.GetString(seen.Span));
        bytes.Release();

        Assert.Equal(0, _arrays.Lent);
        Assert.NotEqual("tide", Encoding.UTF8.GetString(seen.Span));
        Assert.False(bytes.TryHold());
        Assert.Throws<InvalidOperationException>(bytes.Release);
        Assert.Equal(0, _arrays.Strange);
    }

    [Fact]
    public void DropFirst_AndTruncate_LeaveTheMiddle()
    {
        var bytes = Make("0123456789");

        bytes.DropFirst(3);
        bytes.Truncate(4);

        Assert.Equal("3456", Encoding.UTF8.GetString(bytes.Span));
        bytes.Write("x"u8);
        Assert.Equal("3456x", Encoding.UTF8.GetString(bytes.Span));
    }

    [Fact]
    public void Clear_GivesTheArrayBack_AndMayBeWrittenAgain()
    {
        var bytes = Make("first");
        bytes.Clear();
        Assert.Equal(0, _arrays.Lent);

        bytes.Write("second"u8);
        Assert.Equal("second", Encoding.UTF8.GetString(bytes.Span));
    }

    [Fact]
    public void Expect_AnythingSomebodySays_ReservesNoMoreThanIsGivenOnWord()
    {
        var largest = new LargestRent();
        var bytes = new PooledBytes(new BytePool(largest));

        bytes.Expect(long.MaxValue);

        Assert.Equal(PooledBytes.MostOnWord, largest.Bytes);
    }

    [Fact]
    public void Rent_LongerThanIsKept_IsNoMatterOfThePool()
    {
        var bytes = Make();
        bytes.Write(new byte[BytePool.MostKept + 1]);
        Assert.Equal(0, _arrays.Lent);

        bytes.Release();
        Assert.Equal(0, _arrays.Strange);
    }

    [Fact]
    public async Task Content_WhileItIsWritten_HoldsItsBytes()
    {
        var bytes = Make("tide");
        var stream = new SlowStream();
        var writing = new HeldContent(bytes, bytes.Memory).CopyToAsync(stream, TestContext.Current.CancellationToken);

        bytes.Release(); // the call is over
        Assert.Equal("tide", Encoding.UTF8.GetString(stream.Asked.Span));
        stream.Finish();
        await writing;

        Assert.Equal(0, _arrays.Lent);
    }

    [Fact]
    public async Task Content_OfACallThatIsOver_IsNotWritten()
    {
        var bytes = Make("tide");
        var content = new HeldContent(bytes, bytes.Memory);
        bytes.Release();

        await Assert.ThrowsAsync<HttpRequestException>(() => content.CopyToAsync(new MemoryStream(), TestContext.Current.CancellationToken));
        Assert.Equal(0, _arrays.Strange);
    }

    [Fact]
    public async Task Content_WhoseStreamBreaks_LetsGo()
    {
        var bytes = Make("tide");
        var stream = new SlowStream();
        var writing = new HeldContent(bytes, bytes.Memory).CopyToAsync(stream, TestContext.Current.CancellationToken);

        stream.Break();
        await Assert.ThrowsAnyAsync<Exception>(() => writing);
        bytes.Release();

        Assert.Equal((0, 0), (_arrays.Lent, _arrays.Strange));
    }

    private sealed class LargestRent : ArrayPool<byte>
    {
        public int Bytes { get; private set; }

        public override byte[] Rent(int minimumLength)
        {
            Bytes = Math.Max(Bytes, minimumLength);
            return new byte[minimumLength];
        }

        public override void Return(byte[] array, bool clearArray = false)
        {
        }
    }

    /// <summary>A stream whose write ends when the test says so.</summary>
    private sealed class SlowStream : MemoryStream
    {
        private readonly TaskCompletionSource _done = new();

        public ReadOnlyMemory<byte> Asked { get; private set; }

        public void Finish() => _done.SetResult();

        public void Break() => _done.SetException(new IOException("it broke"));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Asked = buffer;
            return new ValueTask(_done.Task);
        }
    }
}
