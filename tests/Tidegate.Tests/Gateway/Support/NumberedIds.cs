using System.Buffers.Binary;
using Tidegate.Core.Ports;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>
/// Chance as the test wants it, only that whatever is as long as an id carries the number of its draw. Ids of calls alone rise with the millisecond, and a clock of a test
/// stands still; with it they tell in which order the calls began.
/// </summary>
internal sealed class NumberedIds(IRandomSource random) : IRandomSource
{
    // Behind time, version and variant of a UUIDv7: these are as they were drawn.
    private static readonly Range Place = 9..13;
    private int _drawn;

    /// <summary>Which draw the id came from.</summary>
    public static int NumberOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[Place]);
    }

    public double NextDouble() => random.NextDouble();

    public int Next(int exclusiveMax) => random.Next(exclusiveMax);

    public void NextBytes(Span<byte> bytes)
    {
        random.NextBytes(bytes);
        if (bytes.Length == 16) BinaryPrimitives.WriteInt32BigEndian(bytes[Place], Interlocked.Increment(ref _drawn));
    }
}
