using System.Buffers;

namespace Tidegate.Gateway.Models.Buffers;

/// <summary>Lends the arrays of bodies. Those of long prompts would each be an object of their own for the collector's oldest generation, many times a second.</summary>
internal sealed class BytePool(ArrayPool<byte> arrays)
{
    /// <summary>Largest array that is kept for others. Longer bodies take so long anyway that a new array is no matter, and a burst of them must not stay in memory.</summary>
    public const int MostKept = 1 << 20;

    /// <summary>An array of at least so many bytes, holding anything.</summary>
    public byte[] Rent(int least) => least > MostKept ? GC.AllocateUninitializedArray<byte>(least) : arrays.Rent(least);

    /// <summary>Takes it back. Nobody may look at it any more.</summary>
    public void Return(byte[] array)
    {
        if (array.Length is > 0 and <= MostKept) arrays.Return(array);
    }
}
