namespace Tidegate.Tests.Architecture;

/// <summary>The rules are worth what the reader sees, so it is shown one of everything.</summary>
public sealed class AssemblyReaderTests
{
    private static readonly IReadOnlyList<TypeUse> Uses = Read();

    [Theory]
    [InlineData(typeof(SeenAsBase))]
    [InlineData(typeof(ISeenAsInterface))]
    [InlineData(typeof(SeenAsField))]
    [InlineData(typeof(SeenAsTypeArgument))]
    [InlineData(typeof(SeenAsParameter))]
    [InlineData(typeof(SeenInBody))]
    [InlineData(typeof(SeenInStaticCall))]
    [InlineData(typeof(SeenInLambdaException))]
    [InlineData(typeof(SeenAsAttributeAttribute))]
    [InlineData(typeof(SeenAfterSwitch))]
    public void Uses_EveryKindOfUse_IsSeen(Type used)
    {
        Assert.Contains(Uses, use => use.From.Name == nameof(Subject) && use.To.Name == used.Name);
    }

    [Fact]
    public void Uses_OfWhatIsNotUsed_IsNotSeen()
    {
        Assert.DoesNotContain(Uses, use => use.From.Name == nameof(Subject) && use.To.Name == nameof(AssemblyReaderTests));
    }

    private static IReadOnlyList<TypeUse> Read()
    {
        using var assembly = new AssemblyReader(typeof(AssemblyReaderTests).Assembly.Location);
        return assembly.Uses();
    }
}

internal class SeenAsBase;

internal interface ISeenAsInterface;

internal sealed class SeenAsField;

internal sealed class SeenAsTypeArgument;

internal sealed class SeenAsParameter;

internal sealed class SeenInBody;

internal static class SeenInStaticCall
{
    public static int Number() => 7;
}

internal sealed class SeenInLambdaException : Exception;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class SeenAsAttributeAttribute : Attribute;

internal sealed class SeenAfterSwitch;

internal sealed class Subject : SeenAsBase, ISeenAsInterface
{
    private readonly SeenAsField? _field = new();
    private readonly List<SeenAsTypeArgument> _list = [];

    [SeenAsAttribute]
    public Func<object> Method(SeenAsParameter parameter)
    {
        object made = new SeenInBody();
        return () => made is null || _field is not null || _list.Count > SeenInStaticCall.Number() ? throw new SeenInLambdaException() : parameter;
    }

    public object Switch(int n)
    {
        var text = n switch
        {
            0 => "a",
            1 => "b",
            2 => "c",
            3 => "d",
            4 => "e",
            _ => "f",
        };
        return text.Length + _list.Count > 0 ? new SeenAfterSwitch() : text;
    }
}
