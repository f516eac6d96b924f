namespace Tidegate.Operations.Delivery.Canary;

/// <summary>Probability that a standard normal variable is greater than a number, exact far out as well (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11 and 26.2.14).</summary>
internal static class NormalTail
{
    private const double Border = 2.5;
    private const int Terms = 200;

    public static double Above(double z)
    {
        if (z < 0) return 1 - Above(-z);
        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z > Border)
        {
            // Continued fraction z + 1/(z + 2/(z + 3/(z + ...))), from its end.
            var rest = z;
            for (var k = Terms; k > 0; k--) rest = z + (k / rest);
            return density / rest;
        }

        double sum = 0, term = z;
        for (var k = 1; k < Terms; k++)
        {
            sum += term;
            term *= z * z / ((2 * k) + 1);
        }

        return 0.5 - (density * sum);
    }
}
